export type Operator = "equals" | "not_equals" | "starts_with" | "ends_with" | "contains" | "at_least" | "at_most" | "present" | "absent";

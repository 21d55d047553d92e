export type CheckStatus = "pass" | "fail" | "skip";

import type { Operator } from "./Operator";

export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | { attribute: string; op: Operator; value: string };

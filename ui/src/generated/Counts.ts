import type { Change } from "./Change";

export type Counts = Record<Change, number>;

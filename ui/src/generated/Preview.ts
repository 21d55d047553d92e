import type { Failure } from "./Failure";
import type { Counts } from "./Counts";

export interface Preview {
  mapping: string;
  complete: boolean;
  counts: Counts;
  plan_hash: string;
  needs_approval: boolean;
  error?: Failure;
}

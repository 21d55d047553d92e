import type { Failure } from "./Failure";
import type { Counts } from "./Counts";

export interface ImportRecord {
  mapping: string;
  started_ms: number;
  finished_ms: number;
  complete: boolean;
  read: number;
  counts: Counts;
  acknowledged: number;
  refused: number;
  awaiting_approval?: string;
  error?: Failure;
}

import type { Alert } from "./Alert";
import type { ImportProgress } from "./ImportProgress";
import type { ImportRecord } from "./ImportRecord";
import type { CloudState } from "./CloudState";

export interface Status {
  sentence: string;
  running: boolean;
  paused: boolean;
  cloud: CloudState;
  alerts: Alert[];
  importing: ImportProgress[];
  last_imports: ImportRecord[];
  never_imported: string[];
  next_import_ms: number | null;
  accounts: number;
  mappings: number;
  people: number;
  sign_ins_last_minute: number;
  sign_in_p95_ms: number | null;
}

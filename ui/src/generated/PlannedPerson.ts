import type { Change } from "./Change";

export interface PlannedPerson {
  identity: string;
  dn: string;
  user_name: string | null;
  email: string | null;
  change: Change;
  reason: string;
}

import type { AlertKind } from "./AlertKind";

export interface Alert {
  kind: AlertKind;
  account: string | null;
  since_ms: number;
  message: string;
  action: string;
}

import type { CheckStatus } from "./CheckStatus";

export interface Check {
  check: string;
  target: string;
  status: CheckStatus;
  code: string | null;
  message: string;
  action: string;
}

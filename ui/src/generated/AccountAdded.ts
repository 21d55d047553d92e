import type { Check } from "./Check";
import type { AccountView } from "./AccountView";

export interface AccountAdded {
  account: AccountView;
  checks: Check[];
}

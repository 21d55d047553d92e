import type { NameFrom } from "./NameFrom";
import type { ScopeRef } from "./ScopeRef";
import type { Condition } from "./Condition";

export interface Mapping {
  name: string;
  account: string;
  base_dn: string;
  name_from: NameFrom;
  units?: ScopeRef[];
  groups?: ScopeRef[];
  nested_groups: boolean;
  department?: string[];
  country?: string[];
  filter?: string;
  conditions?: Condition;
  profile?: string;
  storage?: string;
  quota_gb?: number;
  auto_import: boolean;
  activation_email: boolean;
  mass_deployment: boolean;
  priority?: number;
}

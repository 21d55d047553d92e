import type { ServerKind } from "./ServerKind";
import type { Security } from "./Security";
import type { AttributeNames } from "./AttributeNames";

export interface AccountView {
  name: string;
  kind: ServerKind;
  servers: string[];
  domain: string | null;
  security: Security;
  ca_fingerprints: string[];
  bind_name: string;
  attributes: AttributeNames;
}

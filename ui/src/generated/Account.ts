import type { ServerKind } from "./ServerKind";
import type { Security } from "./Security";
import type { AttributeNames } from "./AttributeNames";

export interface Account {
  name: string;
  kind: ServerKind;
  servers: string[];
  domain?: string;
  security: Security;
  ca_pem?: string;
  bind_name: string;
  attributes?: AttributeNames;
}

import type { ProxyKind } from "./ProxyKind";

export interface ProxySettings {
  kind: ProxyKind;
  host: string;
  port: number;
  user?: string;
}

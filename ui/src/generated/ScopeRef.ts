export type ScopeRef = string | { identity: string; dn: string };

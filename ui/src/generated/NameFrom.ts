export type NameFrom = "cn" | "upn";

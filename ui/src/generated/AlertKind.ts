export type AlertKind = "directory_connection" | "directory_authentication";

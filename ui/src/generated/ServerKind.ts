export type ServerKind = "auto" | "active_directory" | "samba_ad" | "open_ldap" | "ds389" | "ldap";

export type ProxyKind = "http" | "socks4" | "socks5";

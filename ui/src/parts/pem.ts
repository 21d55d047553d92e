const KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----\s*|$)/g;

/** PEM text without the private keys that may be beside its certificates: nobody is asked for one, and none is kept. */
export const withoutKeys = (pem: string): string => pem.replace(KEY, "");

import { textOf } from "../text";

const KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----\s*|$)/g;

/** PEM text without the private keys that may be beside its certificates: nobody is asked for one, and none is kept. */
export const withoutKeys = (pem: string): string => pem.replace(KEY, "");

/** A file of certificates as text: PEM as it is, DER and PKCS #7 as a section that the program looks into. */
export function pemOf(content: Uint8Array): string {
  // A SEQUENCE whose length follows in one or more bytes; no text begins so.
  const binary = content[0] === 0x30 && (content[1] ?? 0) > 0x7f;
  if (!binary) return textOf(content);
  const letters = Array.from(content, (byte) => String.fromCharCode(byte)).join("");
  const lines = btoa(letters).match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

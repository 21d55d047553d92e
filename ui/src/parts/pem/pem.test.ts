import { expect, test } from "vitest";
import { pemOf, withoutKeys } from "./pem";

const block = (label: string) => `-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----\n`;

test("certificates stay, private keys do not, finished or not", () => {
  const certificates = block("CERTIFICATE") + block("CERTIFICATE");
  expect(withoutKeys(certificates)).toBe(certificates);
  for (const label of ["PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"]) {
    expect(withoutKeys(block(label) + certificates)).toBe(certificates);
    expect(withoutKeys(certificates + block(label).slice(0, -20))).toBe(certificates);
  }
});

const bytes = (text: string, unit: (code: number) => number[]) =>
  new Uint8Array(Array.from(text, (letter) => unit(letter.charCodeAt(0))).flat());

test("a file of any tool is its text, and DER a section", () => {
  const text = block("CERTIFICATE");
  const low = (code: number) => [code & 255, code >> 8];
  const high = (code: number) => [code >> 8, code & 255];
  const plain = (code: number) => [code];
  for (const content of [
    bytes(text, plain),
    new Uint8Array([0xef, 0xbb, 0xbf, ...bytes(text, plain)]),
    bytes(text, low),
    bytes(`\ufeff${text}`, low),
    bytes(text, high),
    bytes(`\ufeff${text}`, high),
  ])
    expect(pemOf(content)).toBe(text);
  const der = new Uint8Array([0x30, 0x82, 0x01, 0x00, ...new Array<number>(96).fill(0xff)]);
  const [first, line, rest] = pemOf(der).split("\n");
  expect([first, line?.length]).toEqual(["-----BEGIN CERTIFICATE-----", 64]);
  expect(
    atob(`${line ?? ""}${rest ?? ""}${pemOf(der).split("\n")[3]?.replace(/-.*/, "") ?? ""}`).length,
  ).toBe(100);
});

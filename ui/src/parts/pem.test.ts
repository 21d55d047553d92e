import { expect, test } from "vitest";
import { withoutKeys } from "./pem";

const block = (label: string) => `-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----\n`;

test("certificates stay, private keys do not, finished or not", () => {
  const certificates = block("CERTIFICATE") + block("CERTIFICATE");
  expect(withoutKeys(certificates)).toBe(certificates);
  for (const label of ["PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"]) {
    expect(withoutKeys(block(label) + certificates)).toBe(certificates);
    expect(withoutKeys(certificates + block(label).slice(0, -20))).toBe(certificates);
  }
});

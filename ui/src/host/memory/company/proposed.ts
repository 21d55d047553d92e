import type { Mapping, Proposal } from "../../../generated";
import { BASE } from "./directory";
import { MAPPINGS, newMapping, NOW } from "./sample";

/** Names exactly a mapping. */
export function hashOf(mapping: Mapping): string {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (const sign of JSON.stringify(mapping)) {
    a = Math.imul(a ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    b = Math.imul(b + a, 0x85ebca6b) >>> 0;
  }
  return [a, b, a ^ b, Math.imul(a, b)]
    .map((n) => (n >>> 0).toString(16).padStart(8, "0"))
    .join("")
    .repeat(2);
}

const proposal = (mapping: Mapping, hours: number): Proposal => ({
  mapping,
  at_ms: NOW - hours * 3_600_000,
  hash: hashOf(mapping),
  previewed: false,
});

/** What the cloud asks for: another scope of a mapping that there is, and a new one. */
export function proposals(): Proposal[] {
  const [berlin] = MAPPINGS;
  const changed: Mapping = {
    ...(berlin ?? newMapping("Corporate", "Berlin")),
    units: [`OU=Berlin,${BASE}`, `OU=Oslo,${BASE}`],
    filter: "(&(objectClass=user)(!(employeeType=external)))",
    quota_gb: 50,
    priority: 1,
  };
  const added: Mapping = {
    ...newMapping("Corporate", "Contractors"),
    groups: [`CN=Sales Oslo,OU=Groups,${BASE}`],
    conditions: [{ attribute: "employeeType", op: "equals", value: "external" }],
    profile: "Contractors",
    activation_email: false,
  };
  return [proposal(changed, 3), proposal(added, 1)];
}

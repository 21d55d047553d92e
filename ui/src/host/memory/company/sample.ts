import type { AccountView, CertificateInfo, Check, CheckFinding, Mapping } from "../../../generated";
import type { Probe, ProbeRequest } from "../../contract";
import { BASE } from "./directory";

export const NOW = Date.UTC(2026, 10, 23, 8, 30);

export function pass(check: string, target: string, found: CheckFinding): Check {
  return { check, target, status: "pass", code: null, found, message: "", action: "", ms: 3 };
}

/** A server's name has an address. */
export const resolved = (address: string): CheckFinding => ({
  kind: "resolved",
  values: { addresses: [address] },
});

export const ACCOUNT: AccountView = {
  name: "Corporate",
  kind: "active_directory",
  servers: ["dc1.corp.example.com", "dc2.corp.example.com"],
  domain: "corp.example.com",
  security: "ldaps",
  ca_fingerprints: ["3A:91:0C:5E:77:12:BD:40"],
  bind_name: "svc-insync@corp.example.com",
  attributes: {},
};

export function newMapping(account: string, name: string): Mapping {
  return {
    name,
    account,
    base_dn: BASE,
    name_from: "upn",
    nested_groups: false,
    auto_import: true,
    activation_email: true,
    mass_deployment: false,
  };
}

export const MAPPINGS: Mapping[] = [
  {
    ...newMapping("Corporate", "Berlin"),
    units: [{ identity: "ou-ou-berlin-dc-corp-dc-example-dc-com", dn: `OU=Berlin,${BASE}` }],
    priority: 1,
    profile: "Default",
  },
  { ...newMapping("Corporate", "Everyone else"), priority: 2, profile: "Default", quota_gb: 50 },
];

const PEM = "-----BEGIN CERTIFICATE-----\nsample\n-----END CERTIFICATE-----";
export const CHAIN: CertificateInfo[] = [
  {
    subject: "CN=dc1.corp.example.com",
    issuer: "CN=Example Corp Issuing CA",
    authority: false,
    names: ["dc1.corp.example.com"],
    not_before: "Thu, 01 Jan 2026 00:00:00 +0000",
    not_after: "Fri, 01 Jan 2027 00:00:00 +0000",
    sha256: "9C:41:D2:66:0A:BE:13:75:20:F8",
    pem: PEM,
  },
  {
    subject: "CN=Example Corp Issuing CA",
    issuer: "CN=Example Corp Issuing CA",
    authority: true,
    names: [],
    not_before: "Wed, 01 Jan 2020 00:00:00 +0000",
    not_after: "Tue, 01 Jan 2030 00:00:00 +0000",
    sha256: "3A:91:0C:5E:77:12:BD:40:6F:E1",
    pem: PEM,
  },
];

export function probe(request: ProbeRequest): Probe {
  const target = request.servers[0] ?? "";
  const trusted = request.security === "plain" || Boolean(request.ca_pem);
  const tls: Check = trusted
    ? pass("tls", target, { kind: "certificate_verified", values: { issuer: "CN=Example Corp Issuing CA" } })
    : {
        check: "tls",
        target,
        status: "fail",
        code: "tls_unknown_issuer",
        found: null,
        message: "The server's certificate was issued by an authority that this computer does not trust.",
        action: "Add your company's CA certificate, after comparing its fingerprint.",
      };
  const checks = [
    pass("resolve", target, resolved("10.20.0.11")),
    pass("connect", target, { kind: "connected" }),
    ...(request.security === "plain" ? [] : [tls]),
  ];
  return {
    kind: trusted ? "active_directory" : "auto",
    bases: trusted ? [BASE] : [],
    trusted,
    certificates: request.security === "plain" ? [] : CHAIN,
    ca_pem: PEM,
    checks,
  };
}

/** The limits that hold unless somebody changes them. */
export const LIMITS = { removal_limit_percent: 10, removal_limit_people: 20 };

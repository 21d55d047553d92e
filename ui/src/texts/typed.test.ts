import { expect, test } from "vitest";
import type { Check, PlannedPerson } from "../generated";
import type { ProbeRequest } from "../host/contract";
import { makeMemoryHost } from "../host/memory/host";
import { find } from "./catalogue";
import { checkIn, headline, reason } from "./typed";

const somebody = { identity: "i", dn: "CN=a", user_name: "a", email: null, change: "hold" } as const;

test("a person's reason is told from its kind and values", () => {
  const moved: PlannedPerson = { ...somebody, reason_kind: "moved", values: { mapping: "Sales" } };
  expect(reason(moved)).toBe('Belonged to the mapping "Sales" before.');
  const left: PlannedPerson = {
    ...somebody,
    reason_kind: "left_department",
    values: { now: "Legal", wanted: ["Sales", "Support"] },
    needs: { kind: "deactivate", list: "0a1b", people: 30 },
  };
  expect(reason(left)).toBe(
    "Department is Legal, not Sales or Support. Waiting for approval: deactivate (data preserved).",
  );
  expect(find("de", "reason-changed", { fields: ["email", "title"] })).toBe(
    "Geändert: E-Mail-Adresse, Titel.",
  );
});

test("the headline is told from its kind and values", async () => {
  expect(headline((await makeMemoryHost({}).status()).headline)).toMatch(/^Connected\. 12,500 people of/);
  expect(headline({ kind: "imported", values: { people: 1200 } })).toBe("Connected. 1,200 people imported.");
  expect(find("de", "headline-imported", { people: 1 })).toBe("Verbunden. 1 Person importiert.");
});

test("a check is told from what it found, and a failure from its code", async () => {
  const host = makeMemoryHost({});
  const [resolved, , tls] = (
    await host.probeServer({ servers: ["dc1.corp.example.com"], security: "ldaps" } as ProbeRequest)
  ).checks;
  if (!resolved || !tls) throw new Error("no checks");
  expect(checkIn("de", resolved)).toEqual({ message: "10.20.0.11", action: "", original: null });
  const failed = checkIn("de", tls);
  expect(failed.message).toBe(
    "Das Zertifikat des Servers stammt von einer Stelle, der hier nicht vertraut wird.",
  );
  expect(failed.original).toContain(tls.message);
  expect(checkIn("en", tls)).toEqual({ message: tls.message, action: tls.action, original: null });
  const other: Check = {
    ...resolved,
    found: { kind: "other_servers", values: { servers: ["ldap://b", "ldap://c"] } },
  };
  expect(checkIn("en", other).message).toContain("is not read: ldap://b, ldap://c.");
  expect(checkIn("en", other).action).toMatch(/^Add an account/);
  const server: Check = {
    ...resolved,
    found: { kind: "server", values: { server: "samba_ad", bases: ["DC=a,DC=b", "DC=c"] } },
  };
  expect(checkIn("de", server).message).toBe("Samba AD; Basis-DNs: DC=a,DC=b; DC=c.");
});

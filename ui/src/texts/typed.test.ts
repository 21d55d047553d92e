import { expect, test } from "vitest";
import type { PlannedPerson } from "../generated";
import { makeMemoryHost } from "../host/memory/host";
import { find } from "./catalogue";
import { headline, reason } from "./typed";

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

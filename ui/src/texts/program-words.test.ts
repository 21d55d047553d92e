import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Status } from "../generated";
import { makeMemoryHost } from "../host/memory/host";
import { reasonDe } from "./reasons";
import { german } from "./sentence";

const source = (path: string) =>
  readFileSync(new URL(`../../../src-tauri/crates/${path}`, import.meta.url), "utf8");

describe("what the program says is there in German", () => {
  test("every fixed reason", () => {
    const text = source("engine/src/reasons.rs");
    const fixed = [...text.matchAll(/const \w+: &str =\s*"([^"]+)";/g)].map((m) => m[1] ?? "");
    expect(fixed.length).toBeGreaterThan(6);
    for (const english of fixed) expect(reasonDe(english), english).not.toBe(english);
    expect(reasonDe("Changed: email, title.")).toBe("Geändert: email, title.");
    const waits = "One of 30 people who would be made inactive; waits for the approval of list 0a1b.";
    const both = `Department is Legal, not Sales. ${waits}`;
    expect(reasonDe(both)).toBe(`Die Abteilung ist Legal, nicht Sales. ${reasonDe(waits)}`);
  });

  test("the sentence, in the order of the program's own", async () => {
    const calm: Status = {
      ...(await makeMemoryHost({}).status()),
      last_imports: [],
      never_imported: [],
      people: 1200,
    };
    expect(german(calm)).toMatch(/^Verbunden\. 1.?200 Personen importiert\.$/);
    const elsewhere = [{ mapping: "A", host: "SRV-2" }];
    expect(german({ ...calm, mappings: 1, elsewhere })).toContain("Der Connector auf SRV-2 importiert");
    const never = { ...calm, never_imported: ["A"] };
    expect(german(never)).toContain("ersten Import");
    const busy = { ...never, importing: [{ mapping: "A", read: 5, to_send: null, acknowledged: 0 }] };
    expect(german(busy)).toContain("5 Personen gelesen");
    const alert = {
      kind: "directory_connection" as const,
      account: "K",
      since_ms: 0,
      message: "",
      action: "",
    };
    expect(german({ ...busy, alerts: [alert] })).toContain("nicht erreichbar");
    expect(german({ ...busy, alerts: [alert], missing_passwords: ["K"] })).toContain("Kennwort");
    expect(german({ ...busy, alerts: [alert], cloud: { state: "revoked" } })).toContain("nicht mehr an");
    expect(german({ ...busy, paused: true })).toContain("angehalten");
    expect(german({ ...busy, paused: true, running: false })).toContain("läuft nicht");
  });
});

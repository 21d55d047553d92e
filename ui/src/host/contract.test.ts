import { describe, expect, test } from "vitest";
import type { Mapping } from "../generated";
import type { Host, WizardDraft } from "./contract";
import { MemoryHost } from "./memory/host";

/** What every host must do; another host is passed in the same way. */
export function hostKeepsItsContract(name: string, make: () => Host): void {
  const mapping: Mapping = {
    name: "Sales",
    account: "Corporate",
    base_dn: "DC=corp,DC=example,DC=com",
    name_from: "upn",
    nested_groups: false,
    auto_import: true,
    activation_email: false,
    mass_deployment: false,
  };
  describe(name, () => {
    test("errors name a code, an action and the field", async () => {
      await expect(make().registerCloud({ url: "https://cloud.example.com", key: "" })).rejects.toMatchObject(
        { field: "key", code: expect.any(String), action: expect.any(String) },
      );
      await expect(make().compileFilter({ filter: "(cn=a" })).rejects.toMatchObject({
        field: "filter",
      });
    });
    test("values typed by a user are escaped in a filter", async () => {
      const { filter } = await make().compileFilter({
        conditions: {
          any: [
            { attribute: "cn", op: "equals", value: "a*)(b" },
            { attribute: "mail", op: "present", value: "" },
          ],
        },
      });
      expect(filter).toBe("(|(cn=a\\2a\\29\\28b)(mail=*))");
    });
    test("a preview can be paged, and its counts are those of its rows", async () => {
      const host = make();
      const seen = await host.preview(mapping, () => undefined, new AbortController().signal);
      const { total, rows } = await host.previewRows(seen.id, {
        offset: 10,
        limit: 5,
        change: "preserve",
      });
      expect(total).toBe(seen.counts.preserve);
      expect(rows.every((r) => r.change === "preserve" && r.reason !== "")).toBe(true);
      await host.closePreview(seen.id);
      await expect(host.previewRows(seen.id, { offset: 0, limit: 1 })).rejects.toMatchObject({
        code: "invalid_input",
      });
    });
    test("a preview can be cancelled", async () => {
      const stop = new AbortController();
      await expect(
        make().preview(
          mapping,
          () => {
            stop.abort();
          },
          stop.signal,
        ),
      ).rejects.toMatchObject({ code: "cancelled" });
    });
    test("mappings keep their order, and moving one renumbers all", async () => {
      const host = make();
      await host.putMapping(mapping);
      const moved = await host.moveMapping("Sales", 1);
      expect(moved[0]?.name).toBe("Sales");
      expect(moved.map((m) => m.priority)).toEqual(moved.map((_m, i) => i + 1));
    });
    test("a draft comes back until it is cleared", async () => {
      const host = make();
      const draft: WizardDraft = {
        step: 2,
        cloud: { place: "gov", url: "", ca_pem: null, proxy: null },
        directory: {
          domain: "",
          servers: "",
          security: "ldaps",
          ca_pem: null,
          plain_accepted: false,
        },
        credentials: { name: "", bind_name: "" },
        mapping: null,
        previewed: false,
        finish: { start: "log_on", import: "now" },
      };
      await host.saveDraft(draft);
      expect(await host.draft()).toEqual(draft);
      await host.clearDraft();
      expect(await host.draft()).toBeNull();
    });
    test("the status tells a listener of a pause, until it leaves", async () => {
      const host = make();
      const told: boolean[] = [];
      const leave = host.onStatus((s) => {
        told.push(s.paused);
      });
      await host.pause();
      leave();
      await host.resume();
      expect(told).toEqual([true]);
    });
  });
}

hostKeepsItsContract("memory", () => new MemoryHost({ fresh: false, pace: 0 }));

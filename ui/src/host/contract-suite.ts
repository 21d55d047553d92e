import type { Mapping, NewAccount, Status } from "../generated";
import type { Host, WizardDraft } from "./contract";
import { approvals } from "./contract-approvals";
import { told } from "./contract-told";
import { holds, refused, same, type Case } from "./contract-checks";

/** What stands around a host that is asked to keep its contract. The host itself starts with nothing set up. */
export interface Fixture {
  cloud: { url: string; ca_pem?: string; key: string };
  directory: {
    server: string;
    ca_pem?: string;
    bind_name: string;
    password: string;
    base_dn: string;
    /** Name of an organizational unit with people below the base DN. */
    unit: string;
    /** Name of a group with members. */
    group: string;
  };
}

/** Every case builds on the ones before it. */
export function contractSuite({ cloud, directory }: Fixture): Case[] {
  const address = { url: cloud.url, ca_pem: cloud.ca_pem ?? null };
  const account: NewAccount = {
    account: {
      name: "Corporate",
      servers: [directory.server],
      security: "ldaps",
      bind_name: directory.bind_name,
      ...(directory.ca_pem ? { ca_pem: directory.ca_pem } : {}),
    },
    password: directory.password,
    untested: false,
  };
  const mapping: Mapping = {
    name: "Everyone",
    account: "Corporate",
    base_dn: directory.base_dn,
    name_from: "upn",
    nested_groups: false,
    auto_import: true,
    activation_email: false,
    mass_deployment: false,
  };
  const never = () => new AbortController().signal;
  const dryRun = async (host: Host, of: Mapping) => host.preview(of, () => undefined, never());
  const until = async (host: Host, ready: (status: Status) => boolean, what: string) => {
    for (let tries = 0; tries < 200; tries += 1) {
      if (ready(await host.status())) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`never came: ${what}`);
  };

  return [
    {
      name: "a fresh host has nothing, and says what it is",
      run: async (host) => {
        same((await host.found()).kind, "fresh", "what was found");
        same(await host.cloud(), null, "the cloud");
        same((await host.accounts()).length, 0, "accounts");
        same(await host.draft(), null, "the draft");
        const about = await host.about();
        holds(about.version !== "" && about.home !== "" && about.secrets !== "", "about says nothing");
        holds((await host.status()).cloud.state === "not_registered", "registered already");
      },
    },
    {
      name: "registration names the wrong field, and happens once",
      run: async (host) => {
        await refused(host.checkCloud({ url: "http://cloud.example.com" }), null, "url");
        await refused(
          host.registerCloud({ ...address, key: "not-a-key" }),
          "registration_key_unknown",
          "key",
        );
        const checks = await host.checkCloud(address);
        holds(checks.length > 2 && checks.every((c) => c.status !== "fail"), "the cloud's checks");
        const view = await host.registerCloud({ ...address, key: cloud.key });
        same(view.kind, "connector", "the kind of cloud");
        same((await host.cloud())?.url, view.url, "the registered cloud");
        await until(host, (s) => s.cloud.state === "connected", "the session");
      },
    },
    {
      name: "a server is looked at before it is trusted",
      run: async (host) => {
        await refused(host.probeServer({ servers: [], security: "ldaps" }), null, "servers");
        const at = { servers: [directory.server], security: "ldaps" as const };
        const before = await host.probeServer(at);
        holds(!before.trusted && before.certificates.length > 0, "trusted unseen");
        const seen = await host.probeServer({ ...at, ca_pem: directory.ca_pem ?? before.ca_pem ?? null });
        holds(seen.trusted && seen.kind !== "auto" && seen.bases.includes(directory.base_dn), "the server");
      },
    },
    {
      name: "an account is kept only when it works",
      run: async (host) => {
        await refused(host.addAccount({ ...account, password: "" }), "empty_password", "password");
        await refused(host.addAccount({ ...account, password: "wrong" }), "wrong_credentials", "password");
        same((await host.accounts()).length, 0, "accounts after failures");
        const added = await host.addAccount(account);
        holds(
          added.checks.some((c) => c.check === "bind" && c.status === "pass"),
          "no bind",
        );
        await refused(host.addAccount(account), "already_exists", "name");
        await refused(host.setAccountPassword("Corporate", "wrong"), "wrong_credentials", "password");
        holds(
          (await host.testAccount("Corporate")).every((c) => c.status !== "fail"),
          "the test fails",
        );
        await refused(host.testAccount("Nobody"), "not_found", "account");
        const chain = await host.accountCertificates("Corporate");
        holds(chain.trusted && chain.certificates.length > 0, "no certificates");
        const changed = await host.changeAccount("Corporate", { attributes: { display_name: "cn" } });
        same(changed.attributes.display_name, "cn", "the changed attribute name");
        const elsewhere = { servers: ["elsewhere.example.com"] };
        await refused(host.changeAccount("Corporate", elsewhere), "secret_missing", "password");
      },
    },
    {
      name: "bases, units and groups can be browsed and searched",
      run: async (host) => {
        const bases = await host.browseBases("Corporate");
        holds(
          bases.some((b) => b.dn === directory.base_dn),
          "the base is missing",
        );
        const units = await host.browseUnits("Corporate", { under: directory.base_dn });
        holds(units.length > 0, "no units");
        const found = await host.browseUnits("Corporate", { search: directory.unit });
        holds(
          found.some((u) => u.name === directory.unit && u.identity !== null),
          "the unit is missing",
        );
        const groups = await host.browseGroups("Corporate", { search: directory.group, limit: 50 });
        holds(
          groups.some((g) => g.name === directory.group && (g.members ?? 0) > 0),
          "the group is missing",
        );
        const people = await host.browsePeople("Corporate", { limit: 3 });
        holds(people.length === 3, "no people can be named");
        const chosen = people.map((one) => one.identity).slice(0, 1);
        const [known] = await host.browsePeople("Corporate", { chosen });
        holds(known?.dn === people[0]?.dn, "whoever was named is somebody else");
      },
    },
    told,
    {
      name: "filters are checked, and values escaped",
      run: async (host) => {
        const any = [
          { attribute: "cn", op: "equals" as const, value: "a*)(b" },
          { attribute: "mail", op: "present" as const, value: "" },
        ];
        const { filter } = await host.compileFilter({ conditions: { any } });
        same(filter, "(|(cn=a\\2a\\29\\28b)(mail=*))", "the filter");
        await refused(host.compileFilter({ filter: "(cn=a" }), "invalid_filter", "filter");
        await refused(host.compileFilter({ conditions: { all: [] } }), null, "conditions");
        same((await host.compileFilter({})).filter, "", "no filter");
      },
    },
    {
      name: "a preview counts whom the editor counts, in pages",
      run: async (host) => {
        const { count, complete } = await host.countPeople(mapping, never());
        holds(complete && count > 20, `counted ${count}`);
        const told: number[] = [];
        const seen = await host.preview(mapping, (n) => told.push(n), never());
        const sum = Object.values(seen.counts).reduce((a, b) => a + b, 0);
        same(sum, count, "people of the preview");
        same(told.at(-1), count, "the last progress");
        const first = await host.previewRows(seen.id, { offset: 0, limit: 10 });
        const second = await host.previewRows(seen.id, { offset: 5, limit: 10 });
        same(first.total, count, "the total");
        same(second.rows.slice(0, 5), first.rows.slice(5), "pages that overlap");
        const skipped = await host.previewRows(seen.id, { offset: 0, limit: 5, change: "create" });
        same(skipped.total, seen.counts.create, "people to create");
        holds(
          skipped.rows.every((p) => p.change === "create" && p.reason_kind === "new"),
          "rows of another change",
        );
        const who = first.rows[3];
        const one = await host.previewRows(seen.id, { offset: 0, limit: 5, search: who?.dn.toUpperCase() });
        holds(
          one.rows.some((p) => p.identity === who?.identity),
          "the search finds nobody",
        );
        same((await host.previewRows(seen.id, { offset: count, limit: 5 })).rows, [], "beyond the end");
        holds((await host.exportPreview(seen.id)).path.includes("csv"), "no file");
        await host.closePreview(seen.id);
        await refused(host.previewRows(seen.id, { offset: 0, limit: 1 }), "not_found");
      },
    },
    {
      name: "a preview and a count can be called off",
      run: async (host) => {
        const stop = new AbortController();
        const running = host.preview(
          mapping,
          () => {
            stop.abort();
          },
          stop.signal,
        );
        await refused(running, "cancelled");
      },
    },
    {
      name: "mappings are checked, kept in order, and renumbered",
      run: async (host) => {
        await refused(host.putMapping({ ...mapping, name: " " }, false), null, "name");
        await refused(host.putMapping({ ...mapping, account: "Nobody" }, false), "not_found", "account");
        await refused(host.putMapping({ ...mapping, base_dn: "nonsense" }, false), "invalid_dn", "base_dn");
        const [unit] = await host.browseUnits("Corporate", { search: directory.unit });
        await host.putMapping(mapping, false);
        const units = unit?.identity ? [{ identity: unit.identity, dn: unit.dn }] : [];
        const part: Mapping = { ...mapping, name: "Part", units };
        const whole = await host.countPeople(mapping, never());
        const some = await host.countPeople(part, never());
        holds(some.count > 0 && some.count < whole.count, `a part of ${some.count} of ${whole.count}`);
        await refused(host.putMapping({ ...mapping, name: "EVERYONE" }, true), "already_exists", "name");
        await host.putMapping(part, true);
        const moved = await host.moveMapping("Part", 1);
        same(
          moved.map((m) => [m.name, m.priority]),
          [
            ["Part", 1],
            ["Everyone", 2],
          ],
          "the order",
        );
        await refused(host.moveMapping("Part", 3), null, "to");
        await refused(host.removeAccount("Corporate"), "in_use", "name");
        await host.removeMapping("Part");
        same(
          (await host.mappings()).map((m) => [m.name, m.priority]),
          [["Everyone", 1]],
          "what is left",
        );
        holds((await host.exportMappings()).path.includes("mappings"), "no file");
      },
    },
    {
      name: "an import delivers what the preview said",
      run: async (host) => {
        same((await host.status()).never_imported, ["Everyone"], "never imported");
        const before = await dryRun(host, mapping);
        await host.import("Everyone");
        const after = await dryRun(host, mapping);
        same(after.counts.unchanged, before.counts.create, "people who are the same now");
        await until(host, (s) => s.people === before.counts.create, "people in the status");
        const status = await host.status();
        same(
          status.last_imports.map((r) => r.mapping),
          ["Everyone"],
          "the last imports",
        );
        await refused(host.import("Nobody"), "not_found", "name");
      },
    },
    approvals({ mapping, unit: directory.unit, dryRun, until }),
    {
      name: "the journal tells of it, by kind and page",
      run: async (host) => {
        const imports = await host.journal({ kind: "import", limit: 5 });
        same(imports[0]?.subject, "Everyone", "the newest import");
        const all = await host.journal({ limit: 100 });
        holds(all.length > 2 && all.some((e) => e.kind === "settings"), "settings are not noted");
        const older = await host.journal({ before: all[1]?.id ?? 0, limit: 1 });
        same(older[0]?.id, all[2]?.id, "the page after two");
        same((await host.journal({ search: "no such text", limit: 5 })).length, 0, "a vain search");
        holds((await host.exportJournal({ kind: "import" })).path.includes("csv"), "no file");
      },
    },
    {
      name: "settings keep what is allowed and refuse the rest",
      run: async (host) => {
        const { import: rules } = await host.settings();
        const changed = await host.changeSettings({ import: { ...rules, removal_limit_percent: 7 } });
        same(changed.import.removal_limit_percent, 7, "the limit");
        const wrong = { ...rules, removal_limit_percent: 101 };
        await refused(host.changeSettings({ import: wrong }), "invalid_input", "removal_limit_percent");
        const shown = { log_level: "warn", next: null };
        await refused(host.changeSettings(shown), "invalid_input", "next");
        same((await host.settings()).log_level, "info", "the level of the log");
        same((await host.settings()).import.removal_limit_percent, 7, "the limit afterwards");
      },
    },
    {
      name: "a draft comes back until it is cleared",
      run: async (host) => {
        const draft: WizardDraft = {
          at: "directory",
          cloud: { place: "gov", url: "", ca_pem: null, proxy: null },
          directory: { domain: "", servers: "", security: "ldaps", ca_pem: null, plain_accepted: false },
          credentials: { name: "", bind_name: "" },
          connected: null,
          mapping: null,
          previewed: false,
          finish: { start: "log_on", import: "now" },
        };
        await host.saveDraft(draft);
        const kept = await host.draft();
        same(kept?.cloud.place, "gov", "the draft");
        same(kept?.at, "directory", "the step");
        await host.clearDraft();
        same(await host.draft(), null, "the draft afterwards");
      },
    },
    {
      name: "a pause is told to whoever listens, until they leave",
      run: async (host) => {
        const told: boolean[] = [];
        const leave = host.onStatus((s) => told.push(s.paused));
        await host.pause();
        await until(host, (s) => s.paused && told.includes(true), "the pause");
        leave();
        const before = told.length;
        await host.resume();
        await until(host, (s) => !s.paused, "the end of the pause");
        same(told.length, before, "what was told after leaving");
      },
    },
    {
      name: "what was set up is found again, and can be left",
      run: async (host) => {
        same((await host.found()).kept, ["registration", "accounts", "mappings"], "what is kept");
        holds(
          (await host.checks()).every((c) => c.status !== "fail"),
          "a check fails",
        );
        holds((await host.diagnose()).path.includes("support"), "no support bundle");
        await host.startWith("by_hand");
        same(await host.starts(), "by_hand", "the start");
        await host.unregister(false);
        same(await host.cloud(), null, "the cloud afterwards");
      },
    },
    {
      name: "settings come over from another computer, all of them or none",
      run: async (host) => {
        holds((await host.exportSettings()).path.includes("settings"), "no file");
        const head = 'export.program = "0.1.0"\nexport.host = "SRV-OLD"\nversion = 1\n';
        const one = '[[accounts]]\nname = "Moved"\nservers = ["127.0.0.1:1"]\nbind_name = "cn=reader"\n';
        await refused(host.importSettings("version = 1", true), "invalid_settings", "file");
        await refused(host.importSettings(head + one, false), "settings_present", "replace");
        same((await host.accounts())[0]?.name, "Corporate", "the account after refusals");
        const moved = await host.importSettings(head + one, true);
        same(
          [moved.host, moved.accounts, moved.passwords],
          ["SRV-OLD", ["Moved"], ["Moved"]],
          "what came over",
        );
        same(
          (await host.accounts()).map((a) => a.name),
          ["Moved"],
          "accounts",
        );
        await until(host, (s) => s.missing_passwords.includes("Moved"), "the missing password in the status");
        holds(
          (await host.journal({ kind: "settings", limit: 5 })).some((e) => e.subject === "settings imported"),
          "the journal does not tell",
        );
      },
    },
  ];
}

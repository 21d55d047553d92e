import type { Mapping, Status } from "../generated";
import type { Host, PreviewHandle } from "./contract";
import { holds, refused, same, type Case } from "./contract-checks";

interface Around {
  mapping: Mapping;
  /** Name of an organizational unit with some of the people. */
  unit: string;
  dryRun: (host: Host, of: Mapping) => Promise<PreviewHandle>;
  until: (host: Host, ready: (status: Status) => boolean, what: string) => Promise<void>;
}

/** A mapping that is narrowed leaves most people out: they wait for an approval. */
export function approvals({ mapping, unit, dryRun, until }: Around): Case {
  return {
    name: "what waits for an approval is one number everywhere, and exactly that happens",
    run: async (host) => {
      const everybody = (await host.status()).people;
      const [found] = await host.browseUnits("Corporate", { search: unit });
      const units = found?.identity ? [{ identity: found.identity, dn: found.dn }] : [];
      const narrow: Mapping = { ...mapping, units };
      await host.putMapping(narrow, false);
      const seen = await dryRun(host, narrow);
      const [list] = seen.awaiting_approval;
      holds(seen.awaiting_approval.length === 1 && list !== undefined, "nothing waits");
      if (!list) return;
      const { hash, people } = list;
      same([list.mapping, list.kind, hash], ["Everyone", "deactivate", seen.plan_hash], "the list");
      holds(people > 20 && people < everybody, `a list of ${people} of ${everybody}`);
      same([seen.counts.preserve, seen.counts.hold], [0, people], "nobody is deactivated before");
      const rows = await host.previewRows(seen.id, { offset: people - 5, limit: 10, list: hash });
      same([rows.total, rows.rows.length], [people, 5], "people on the list");
      holds(
        rows.rows.every((p) => p.change === "hold" && p.needs?.list === hash && p.needs.people === people),
        "somebody who is not on it",
      );
      await host.import("Everyone");
      const status = await host.status();
      same(status.awaiting_approval, seen.awaiting_approval, "what waits in the status");
      same(status.last_imports[0]?.awaiting_approval, seen.awaiting_approval, "what waits in the record");
      same(
        status.headline,
        { kind: "awaiting_approval", values: { mapping: "Everyone", approval: "deactivate", people } },
        "the headline",
      );
      same(status.people, everybody, "people before the approval");
      const asked = { offset: 0, limit: 5, refused: false };
      const waiting = await host.awaitingPeople("Everyone", "deactivate", asked);
      same([waiting.list, waiting.total], [list, people], "the people who wait");
      holds(
        waiting.people.length === 5 && waiting.people.every((p) => p.needs?.list === hash),
        "who waits is on the list",
      );
      const [run] = await host.imports({ limit: 1 });
      same(run?.record, status.last_imports[0], "the newest import");
      const held = await host.importPeople(run?.id ?? 0, { ...asked, change: "hold" });
      same([held.total, run?.record.counts.hold], [people, people], "people on hold");
      const listed = await host.people({ state: "waiting", offset: 0, limit: 5 });
      same([listed.total, listed.counts.waiting], [people, people], "people who wait in the list of people");
      holds(
        listed.people.length === 5 && listed.people.every((p) => p.state === "waiting"),
        "somebody who does not wait",
      );
      await refused(host.import("Everyone", ["0000"]), "approval_stale");
      await host.import("Everyone", [hash]);
      await until(host, (s) => s.people === everybody - people, "people after the approval");
      same((await host.status()).awaiting_approval, [], "what waits afterwards");
      const { counts } = await host.people({ offset: 0, limit: 1 });
      same([counts.waiting, counts.inactive], [0, people], "people who wait and who were deactivated");
      const [done] = await host.imports({ limit: 1 });
      same([done?.record.counts.preserve, done?.record.approved], [people, [list]], "what the import did");
      await host.putMapping(mapping, false);
    },
  };
}

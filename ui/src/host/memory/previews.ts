import type { Change, Finding, ImportRecord, Mapping, PlannedPerson } from "../../generated";
import { reason } from "../../texts/typed";
import type { PreviewHandle, RowQuery } from "../contract";
import { belonging, changeOf, noCounts, person } from "./company/people";
import { fail, type State } from "./state";

const PAGE = 5_000;

interface Open {
  lists: Map<Change | "all", number[]>;
  record: ImportRecord | undefined;
}

/** Dry runs that are open. */
export class Previews {
  private next = 1;
  private readonly open = new Map<string, Open>();

  constructor(private readonly state: State) {}

  async run(
    mapping: Mapping,
    onProgress: (seen: number) => void,
    signal: AbortSignal,
  ): Promise<PreviewHandle> {
    this.state.account(mapping.account);
    const all = belonging(mapping);
    const record = this.state.records.find((r) => r.mapping === mapping.name);
    const counts = noCounts();
    const lists: Open["lists"] = new Map([["all", all]]);
    for (const [at, i] of all.entries()) {
      if (at % PAGE === 0) {
        onProgress(at);
        await new Promise((done) => {
          setTimeout(done, this.state.pace);
        });
        if (signal.aborted)
          throw fail("cancelled", "The operation was cancelled.", "Start it again when you are ready.");
      }
      const change = changeOf(i, record);
      counts[change] += 1;
      const list = lists.get(change);
      if (list) list.push(i);
      else lists.set(change, [i]);
    }
    onProgress(all.length);
    const id = `preview-${this.next}`;
    this.next += 1;
    this.open.set(id, { lists, record });
    return {
      id,
      mapping: mapping.name,
      complete: true,
      counts,
      plan_hash: record?.awaiting_approval ?? "none",
      needs_approval: record?.awaiting_approval !== undefined,
      findings: odd(all, lists.get("skip") ?? []),
    };
  }

  rows(id: string, query: RowQuery): { total: number; rows: PlannedPerson[] } {
    const open = this.open.get(id);
    if (!open) throw fail("not_found", "The preview is closed.", "Run the preview again.");
    const show = (i: number) => person(i, open.record);
    let list = open.lists.get(query.change ?? "all") ?? [];
    const search = query.search?.trim().toLowerCase();
    if (search)
      list = list.filter((i) => {
        const p = show(i);
        return `${p.dn}\n${p.user_name}\n${p.email}\n${JSON.stringify("values" in p ? p.values : {})}`
          .toLowerCase()
          .includes(search);
      });
    return { total: list.length, rows: list.slice(query.offset, query.offset + query.limit).map(show) };
  }

  csv(id: string): string {
    const quote = (text: string | null) => `"${(text ?? "").replaceAll('"', '""')}"`;
    const { rows } = this.rows(id, { offset: 0, limit: Number.MAX_SAFE_INTEGER });
    const lines = rows.map((r) =>
      [r.change, r.user_name, r.email, r.dn, reason(r), r.reason_kind].map((v) => quote(v)).join(","),
    );
    return ["change,user_name,email,dn,reason,reason_kind", ...lines].join("\r\n");
  }

  close(id: string): void {
    this.open.delete(id);
  }
}

/** As the program would tell of this company. */
function odd(people: number[], leftOut: number[]): Finding[] {
  const found = (kind: Finding["kind"], those: number[]): Finding => ({
    kind,
    count: those.length,
    examples: those.slice(0, 5).map((i) => person(i, undefined).dn),
  });
  const all = [found("missing_email", leftOut), found("odd_characters", people.slice(0, 2))];
  return all.filter((finding) => finding.count > 0);
}

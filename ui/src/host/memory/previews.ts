import type { Change, Finding, Mapping, PlannedPerson } from "../../generated";
import { reason } from "../../texts/typed";
import type { PreviewHandle, RowQuery } from "../contract";
import { planned, planOf, type Plan } from "./company/plan";
import { fail, type State } from "./state";

const PAGE = 5_000;

interface Open {
  plan: Plan;
  /** Places in the plan, by change. */
  places: Map<Change | "all", number[]>;
}

/** Previews that are open. */
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
    const before = this.state.before.get(mapping.name) ?? "nothing";
    const plan = planOf(mapping, before, this.state.settings.import);
    const places: Open["places"] = new Map([["all", [...plan.people.keys()]]]);
    for (const [at, change] of plan.changes.entries()) {
      if (at % PAGE === 0) {
        onProgress(at);
        await new Promise((done) => {
          setTimeout(done, this.state.pace);
        });
        if (signal.aborted)
          throw fail("cancelled", "The operation was cancelled.", "Start it again when you are ready.");
      }
      const some = places.get(change);
      if (some) some.push(at);
      else places.set(change, [at]);
    }
    onProgress(plan.people.length);
    const id = `preview-${this.next}`;
    this.next += 1;
    this.open.set(id, { plan, places });
    return {
      id,
      mapping: mapping.name,
      complete: true,
      counts: plan.counts,
      plan_hash: plan.list?.hash ?? "none",
      awaiting_approval: plan.list ? [plan.list] : [],
      findings: odd(plan, places.get("skip") ?? []),
    };
  }

  rows(id: string, query: RowQuery): { total: number; rows: PlannedPerson[] } {
    const open = this.open.get(id);
    if (!open) throw fail("not_found", "The preview is closed.", "Run the preview again.");
    const show = (at: number) => planned(open.plan, at);
    let list = open.places.get(query.change ?? "all") ?? [];
    if (query.list) list = list.filter((at) => show(at).needs?.list === query.list);
    const search = query.search?.trim().toLowerCase();
    if (search)
      list = list.filter((at) => {
        const p = show(at);
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
      [r.change, r.user_name, r.email, r.dn, reason(r), r.reason_kind, r.name ?? null]
        .map((v) => quote(v))
        .join(","),
    );
    return ["change,user_name,email,dn,reason,reason_kind,name", ...lines].join("\r\n");
  }

  close(id: string): void {
    this.open.delete(id);
  }
}

/** As the program would tell of this company. */
function odd(plan: Plan, leftOut: number[]): Finding[] {
  const found = (kind: Finding["kind"], those: number[]): Finding => ({
    kind,
    count: those.length,
    examples: those.slice(0, 5).map((at) => planned(plan, at).dn),
  });
  const some = [...plan.people.keys()].slice(0, 2);
  const all = [found("missing_email", leftOut), found("odd_characters", some)];
  return all.filter((finding) => finding.count > 0);
}

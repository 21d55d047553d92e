import type { Change, Mapping, PlannedPerson } from "../../generated";
import type { PreviewHandle, RowQuery } from "../contract";
import { changeOf, noCounts, PEOPLE, person } from "./people";

const cancelled = {
  code: "cancelled",
  message: "The operation was cancelled.",
  action: "Start it again when you are ready.",
};

/** Dry runs that are open, each over all people of the sample directory. */
export class Previews {
  private next = 1;
  private open = new Map<string, Map<Change | "all", number[]>>();

  async run(
    mapping: Mapping,
    pause: number,
    onProgress: (seen: number) => void,
    signal: AbortSignal,
  ): Promise<PreviewHandle> {
    const counts = noCounts();
    const lists = new Map<Change | "all", number[]>([["all", []]]);
    for (let i = 0; i < PEOPLE; i += 1) {
      if (i % 5000 === 0) {
        onProgress(i);
        await new Promise((done) => {
          setTimeout(done, pause);
        });
        if (signal.aborted) throw cancelled;
      }
      const change = changeOf(i);
      counts[change] += 1;
      lists.get("all")?.push(i);
      const list = lists.get(change) ?? [];
      list.push(i);
      lists.set(change, list);
    }
    onProgress(PEOPLE);
    const id = `preview-${this.next}`;
    this.next += 1;
    this.open.set(id, lists);
    return {
      id,
      mapping: mapping.name,
      complete: true,
      counts,
      plan_hash: "3f9a51c07be2d8846a10",
      needs_approval: true,
    };
  }

  rows(id: string, query: RowQuery): { total: number; rows: PlannedPerson[] } {
    const lists = this.open.get(id);
    if (!lists) throw { code: "invalid_input", message: "The preview is closed.", action: "Run it again." };
    let list = lists.get(query.change ?? "all") ?? [];
    const search = query.search?.trim().toLowerCase();
    if (search)
      list = list.filter((i) => {
        const p = person(i);
        return `${p.dn} ${p.user_name} ${p.email}`.toLowerCase().includes(search);
      });
    return { total: list.length, rows: list.slice(query.offset, query.offset + query.limit).map(person) };
  }

  csv(id: string): string {
    const quote = (text: string | null) => `"${(text ?? "").replace(/"/g, '""')}"`;
    const { rows } = this.rows(id, { offset: 0, limit: PEOPLE });
    return [
      "change,user_name,email,dn,reason",
      ...rows.map((r) =>
        [r.change, quote(r.user_name), quote(r.email), quote(r.dn), quote(r.reason)].join(","),
      ),
    ].join("\r\n");
  }

  close(id: string): void {
    this.open.delete(id);
  }
}

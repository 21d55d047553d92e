import type { JournalEntry, SignInHour, SignInRow, SignInsPage, SignInsQuery } from "../../../generated";
import { displayName, hasNoEmail, numberOf, person } from "./people";

interface Detail {
  outcome?: string;
  code?: string;
  mapping?: string | null;
  milliseconds?: number;
  times?: number;
  last_ms?: number;
}

/** What is remembered of whom an entry is about, where the cloud has them. */
function known(identity: string): { name: string; user_name: string | null; email: string | null } | null {
  const i = numberOf(identity);
  return i === null || hasNoEmail(i) ? null : { name: displayName(i), ...person(i) };
}

function rowOf({ id, at_ms, subject, detail }: JournalEntry): SignInRow {
  const { outcome = "", code, mapping = null, milliseconds, times = 1, last_ms = at_ms } = detail as Detail;
  const who = known(subject);
  return {
    id,
    at_ms,
    identity: subject === "" ? null : subject,
    name: who?.name ?? null,
    user_name: who?.user_name ?? null,
    account: who ? "Corporate" : null,
    mapping,
    outcome,
    code: code ?? outcome,
    ms: milliseconds ?? null,
    times,
    last_ms,
  };
}

/** The same search as the program's: the newest first, and counts of everything but outcome and page. */
export function signInsOf(entries: readonly JournalEntry[], kind: string, query: SignInsQuery): SignInsPage {
  const search = query.search?.trim().toLowerCase() ?? "";
  const [from, to] = [query.from_ms ?? -Infinity, query.to_ms ?? Infinity];
  const page: SignInsPage = { counts: {}, rows: [] };
  for (const entry of entries) {
    if (entry.kind !== kind || entry.at_ms >= to) continue;
    if (entry.at_ms < from) break;
    if (search) {
      const who = known(entry.subject);
      const text = [who?.name, who?.user_name, who?.email].filter(Boolean).join("\n");
      if (!text.toLowerCase().includes(search)) continue;
    }
    const { outcome = "", times = 1 } = entry.detail as Detail;
    page.counts[outcome] = (page.counts[outcome] ?? 0) + times;
    const well = outcome === "ok" || outcome === "found";
    const meant = (!query.outcome || query.outcome === outcome) && !(query.failed && well);
    if (meant && entry.id < (query.before ?? Infinity) && page.rows.length < Math.min(query.limit, 500))
      page.rows.push(rowOf(entry));
  }
  return page;
}

/** The last sign-ins of somebody. */
export function signInsOfPerson(entries: readonly JournalEntry[], identity: string): SignInRow[] {
  const theirs = entries.filter((entry) => entry.kind === "sign_in" && entry.subject === identity);
  return theirs.slice(0, 10).map(rowOf);
}

const HOUR = 3_600_000;

/** Sign-ins from that moment on, hour by hour; hours without any are left out. */
export function hoursOf(entries: readonly JournalEntry[], from_ms: number): SignInHour[] {
  const hours = new Map<number, { by_outcome: Record<string, number>; took: number[] }>();
  for (const { kind, at_ms, detail } of entries) {
    const hour = Math.floor(at_ms / HOUR);
    if (kind !== "sign_in" || hour < Math.floor(from_ms / HOUR)) continue;
    const { outcome = "", milliseconds = 0 } = detail as Detail;
    const one = hours.get(hour) ?? { by_outcome: {}, took: [] };
    one.by_outcome[outcome] = (one.by_outcome[outcome] ?? 0) + 1;
    one.took.push(milliseconds);
    hours.set(hour, one);
  }
  const inOrder = [...hours].sort(([a], [b]) => a - b);
  return inOrder.map(([hour, { by_outcome, took }]) => {
    const ok = by_outcome["ok"] ?? 0;
    const p95_ms = took.sort((a, b) => a - b)[Math.ceil(took.length * 0.95) - 1] ?? null;
    return { at_ms: hour * HOUR, ok, failed: took.length - ok, by_outcome, p95_ms };
  });
}

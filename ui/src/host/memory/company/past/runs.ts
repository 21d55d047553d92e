import type {
  AwaitingPeople,
  Change,
  ImportedPerson,
  ImportOfPerson,
  ImportRecord,
  ImportRun,
  ImportsQuery,
  RunGroup,
  RunPeople,
  RunPeopleQuery,
} from "../../../../generated";
import type { Past } from "./history";
import { textOf, valuesOf } from "../people";
import { NOW } from "../sample";
import { planned, REASONS, type Plan } from "../plan";

interface Run {
  run: ImportRun;
  plan: Plan;
  approved: boolean;
}

/** Imports of the past, and what they did to whom. */
export class Runs {
  private readonly all: Run[] = [];

  constructor(past: readonly Past[]) {
    for (const { record, plan } of past) this.add(record, plan, false);
  }

  add(record: ImportRecord, plan: Plan, approved: boolean): void {
    this.all.push({ run: { id: this.all.length + 1, record, people_kept: true }, plan, approved });
  }

  /** When the next one ends: a second after the one before it. */
  ends(): number {
    return Math.max(NOW, ...this.all.map(({ run }) => run.record.finished_ms)) + 1000;
  }

  /** The last import of each mapping that read everybody, and what it did. */
  lastFull(mapping: string): { record: ImportRecord; plan: Plan; approved: boolean } | undefined {
    const last = this.all.findLast(({ run }) => run.record.mapping === mapping && run.record.kind === "full");
    return last && { record: last.run.record, plan: last.plan, approved: last.approved };
  }

  /** The last import of each mapping. */
  newest(): ImportRecord[] {
    const last = new Map(this.all.map(({ run }) => [run.record.mapping, run.record]));
    return [...last.values()].sort((a, b) => b.finished_ms - a.finished_ms);
  }

  /** What imports did to somebody, the newest first. */
  of(who: number): ImportOfPerson[] {
    const told: ImportOfPerson[] = [];
    for (const run of [...this.all].reverse()) {
      const { id, record } = run.run;
      const at = run.plan.people.indexOf(who);
      const did = at >= 0 && run.plan.changes[at] !== "unchanged" ? shown(run, at) : undefined;
      if (did) told.push({ run: id, at_ms: record.finished_ms, mapping: record.mapping, person: did });
    }
    return told.slice(0, 10);
  }

  list(query: ImportsQuery): ImportRun[] {
    const runs = this.all.map(({ run }) => run).reverse();
    const meant = (run: ImportRun) =>
      (!query.mapping || run.record.mapping === query.mapping) && (!query.before || run.id < query.before);
    return runs.filter(meant).slice(0, query.limit);
  }

  /** `null`: not known, or no longer. */
  people(id: number, query: RunPeopleQuery): RunPeople | null {
    const run = this.all.find((one) => one.run.id === id);
    if (!run) return null;
    const everybody = places(run);
    const groups = new Map<string, RunGroup>();
    for (const at of everybody) {
      const { change, reason_kind } = kindOf(run, at);
      const key = `${change} ${reason_kind}`;
      const group = groups.get(key) ?? { change, reason_kind, people: 0, refused: 0 };
      group.people += 1;
      if (run.plan.refusals?.has(run.plan.people[at] ?? -1)) group.refused += 1;
      groups.set(key, group);
    }
    return { groups: [...groups.values()], ...page(run, everybody, query) };
  }

  /** `null`: no such list waits. */
  awaiting(mapping: string, kind: string, query: RunPeopleQuery): AwaitingPeople | null {
    const newest = this.all.findLast(({ run }) => run.record.mapping === mapping);
    const list = newest?.run.record.awaiting_approval.find((one) => one.kind === kind);
    if (!newest || !list) return null;
    const { changes, people, removals } = newest.plan;
    const waits = (at: number) => changes[at] === "hold" && removals.has(people[at] ?? -1);
    return { list, ...page(newest, places(newest).filter(waits), query) };
  }
}

/** Where everybody stands to whom something happened. */
function places({ plan }: Run): number[] {
  return [...plan.people.keys()].filter((at) => plan.changes[at] !== "unchanged");
}

/** Change and reason of somebody, without all that is told of them. */
function kindOf({ plan, approved }: Run, at: number): { change: Change; reason_kind: string } {
  const change = plan.changes[at] ?? "unchanged";
  const held = change === "hold" && plan.list && plan.removals.has(plan.people[at] ?? -1);
  const reason = REASONS[held ? "preserve" : change];
  return { change: held && approved ? "preserve" : change, reason_kind: reason.reason_kind };
}

/** What was sent of somebody: of a change what it was before, of somebody new all of it. */
function sent(i: number, change: Change, refused: boolean): Pick<ImportedPerson, "before" | "after"> {
  const values = valuesOf(i);
  if (change === "update") return { before: { title: "Engineer" }, after: { title: "Senior engineer" } };
  return (change === "create" || change === "adopt") && !refused ? { after: values } : {};
}

function shown({ plan, approved }: Run, at: number): ImportedPerson {
  const i = plan.people[at] ?? 0;
  const { needs, ...person } = planned(plan, at);
  const refused = plan.refusals?.get(i);
  const change = needs && approved ? "preserve" : person.change;
  return {
    ...person,
    change,
    ...(needs && !approved ? { needs } : {}),
    ...(refused ? { refused } : {}),
    ...sent(i, change, refused !== undefined),
  };
}

function page(run: Run, all: number[], query: RunPeopleQuery): { total: number; people: ImportedPerson[] } {
  const search = query.search?.trim().toLowerCase() ?? "";
  const found = all.filter((at) => {
    const { change, reason_kind } = kindOf(run, at);
    const i = run.plan.people[at] ?? 0;
    if (query.refused && !run.plan.refusals?.has(i)) return false;
    if (query.change && query.change !== change) return false;
    if (query.reason_kind && query.reason_kind !== reason_kind) return false;
    return search === "" || textOf(i).includes(search);
  });
  const those = found.slice(query.offset, query.offset + query.limit);
  return { total: found.length, people: those.map((at) => shown(run, at)) };
}

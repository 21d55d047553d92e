import type {
  AwaitingPeople,
  Change,
  ImportedPerson,
  ImportRecord,
  ImportRun,
  ImportsQuery,
  PlannedPerson,
  RunGroup,
  RunPeople,
  RunPeopleQuery,
} from "../../../generated";
import { planned, REASONS, type Plan } from "./plan";

interface Run {
  run: ImportRun;
  plan: Plan | null;
  approved: boolean;
}

/** Imports of the past, and what they did to whom. */
export class Runs {
  private readonly all: Run[];

  constructor(before: readonly ImportRecord[]) {
    this.all = before.map((record, at) => ({
      run: { id: at + 1, record, people_kept: false },
      plan: null,
      approved: false,
    }));
  }

  add(record: ImportRecord, plan: Plan, approved: boolean): void {
    this.all.push({ run: { id: this.all.length + 1, record, people_kept: true }, plan, approved });
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
      groups.set(key, group);
    }
    return { groups: [...groups.values()], ...page(run, everybody, query) };
  }

  /** `null`: no such list waits. */
  awaiting(mapping: string, kind: string, query: RunPeopleQuery): AwaitingPeople | null {
    const newest = [...this.all].reverse().find(({ run }) => run.record.mapping === mapping);
    const list = newest?.run.record.awaiting_approval.find((one) => one.kind === kind);
    if (!newest || !list) return null;
    const { changes = [], people = [], removals } = newest.plan ?? {};
    const waits = (at: number) => changes[at] === "hold" && removals?.has(people[at] ?? -1) === true;
    return { list, ...page(newest, places(newest).filter(waits), query) };
  }
}

/** Where everybody stands to whom something happened. */
function places({ plan }: Run): number[] {
  return plan ? [...plan.people.keys()].filter((at) => plan.changes[at] !== "unchanged") : [];
}

/** Change and reason of somebody, without all that is told of them. */
function kindOf({ plan, approved }: Run, at: number): { change: Change; reason_kind: string } {
  const change = plan?.changes[at] ?? "unchanged";
  const held = change === "hold" && plan?.list && plan.removals.has(plan.people[at] ?? -1);
  const reason = REASONS[held ? "preserve" : change];
  return { change: held && approved ? "preserve" : change, reason_kind: reason.reason_kind };
}

function shown({ plan, approved }: Run, at: number): PlannedPerson[] {
  if (!plan) return [];
  const { needs, ...person } = planned(plan, at);
  if (!needs) return [person];
  return [approved ? { ...person, change: "preserve" } : { ...person, needs }];
}

function page(run: Run, all: number[], query: RunPeopleQuery): { total: number; people: ImportedPerson[] } {
  const search = query.search?.trim().toLowerCase() ?? "";
  const has = ({ dn, user_name, email }: PlannedPerson) =>
    `${dn}\n${user_name}\n${email}`.toLowerCase().includes(search);
  const found = all.filter((at) => {
    const { change, reason_kind } = kindOf(run, at);
    if (query.refused || (query.change && query.change !== change)) return false;
    if (query.reason_kind && query.reason_kind !== reason_kind) return false;
    return search === "" || shown(run, at).some(has);
  });
  const those = found.slice(query.offset, query.offset + query.limit);
  return { total: found.length, people: those.flatMap((at) => shown(run, at)) };
}

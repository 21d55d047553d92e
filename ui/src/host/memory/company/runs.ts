import type {
  AwaitingPeople,
  ImportedPerson,
  ImportRecord,
  ImportRun,
  ImportsQuery,
  PlannedPerson,
  RunGroup,
  RunPeople,
  RunPeopleQuery,
} from "../../../generated";
import { planned, type Plan } from "./plan";

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
    const everybody = rows(run);
    const groups = new Map<string, RunGroup>();
    for (const { change, reason_kind } of everybody) {
      const key = `${change} ${reason_kind}`;
      const group = groups.get(key) ?? { change, reason_kind, people: 0, refused: 0 };
      groups.set(key, { ...group, people: group.people + 1 });
    }
    return { groups: [...groups.values()], ...page(everybody, query) };
  }

  /** `null`: no such list waits. */
  awaiting(mapping: string, kind: string, query: RunPeopleQuery): AwaitingPeople | null {
    const newest = [...this.all].reverse().find(({ run }) => run.record.mapping === mapping);
    const list = newest?.run.record.awaiting_approval.find((one) => one.kind === kind);
    if (!newest || !list) return null;
    const waiting = rows(newest).filter((person) => person.needs?.list === list.hash);
    return { list, ...page(waiting, query) };
  }
}

/** Everybody to whom something happened. */
function rows({ plan, approved }: Run): PlannedPerson[] {
  if (!plan) return [];
  const people = plan.people.map((_person, at) => planned(plan, at));
  return people
    .filter((person) => person.change !== "unchanged")
    .map(({ needs, ...person }) => {
      if (!needs) return person;
      return approved ? { ...person, change: "preserve" } : { ...person, needs };
    });
}

function page(people: PlannedPerson[], query: RunPeopleQuery): { total: number; people: ImportedPerson[] } {
  const search = query.search?.trim().toLowerCase() ?? "";
  const meant = (person: PlannedPerson) =>
    (!query.change || person.change === query.change) &&
    (!query.reason_kind || person.reason_kind === query.reason_kind) &&
    (!query.refused || person.refused !== undefined) &&
    `${person.dn}\n${person.user_name}\n${person.email}`.toLowerCase().includes(search);
  const found = people.filter(meant);
  return { total: found.length, people: found.slice(query.offset, query.offset + query.limit) };
}

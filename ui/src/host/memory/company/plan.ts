import type {
  ApprovalList,
  Change,
  Counts,
  Failure,
  ImportSettings,
  Mapping,
  PlannedPerson,
  Reason,
} from "../../../generated";
import { belonging, hasNoEmail, person } from "./people";

/** What an import of a mapping would do: with whom, and which list waits for an approval. */
export interface Plan {
  people: number[];
  changes: Change[];
  /** Who would be deactivated, at once or once the list is approved. */
  removals: ReadonlySet<number>;
  counts: Counts;
  list: ApprovalList | null;
  /** Whom the cloud refused, and why. */
  refusals?: ReadonlyMap<number, Failure>;
}

type Limits = Pick<ImportSettings, "removal_limit_people" | "removal_limit_percent">;

/** What the cloud has of a mapping: these people, or as the sample's own imports left it. */
export type Before = ReadonlySet<number> | "nothing" | "same" | "spread" | "held";

/** The first 1,313 people with an address. */
const FIRST_HELD = 1_347;

export function planOf(mapping: Mapping, before: Before, limits: Limits): Plan {
  const people = belonging(mapping);
  const changes = people.map((i) => (hasNoEmail(i) ? "skip" : changeOf(i, before)));
  const active = typeof before === "string" ? people.length : before.size;
  if (typeof before !== "string") {
    const inside = new Set(people);
    for (const i of before)
      if (!inside.has(i)) {
        people.push(i);
        changes.push("preserve");
      }
  }
  const removals = people.filter((_i, at) => changes[at] === "preserve");
  const list = listOf(mapping.name, removals, active, limits);
  if (list) for (const [at, change] of changes.entries()) if (change === "preserve") changes[at] = "hold";
  const counts = noCounts();
  for (const change of changes) counts[change] += 1;
  return { people, changes, removals: new Set(removals), counts, list };
}

function changeOf(i: number, before: Before): Change {
  if (typeof before !== "string") return before.has(i) ? "unchanged" : "create";
  if (before === "held") return i < FIRST_HELD ? "preserve" : "unchanged";
  if (before !== "spread") return before === "nothing" ? "create" : "unchanged";
  if (i % 2500 === 7) return "hold";
  if (i % 8 === 2) return "preserve";
  if (i % 1000 === 5) return "reactivate";
  if (i % 500 === 9) return "adopt";
  if (i % 10 === 4) return "update";
  return i % 10 < 3 ? "create" : "unchanged";
}

/** The list that needs an approval: more than the limits, or everybody. */
function listOf(mapping: string, removals: number[], active: number, limits: Limits): ApprovalList | null {
  const share = Math.floor((active * limits.removal_limit_percent) / 100);
  const few = removals.length <= share || removals.length <= limits.removal_limit_people;
  if (removals.length === 0 || (few && removals.length < active)) return null;
  let hash = 0;
  for (const i of removals) hash = (Math.imul(hash, 31) + i + 1) >>> 0;
  const text = hash.toString(16).padStart(8, "0");
  return { mapping, kind: "deactivate", people: removals.length, hash: text.repeat(4) };
}

export const REASONS: Record<Change, Reason> = {
  create: { reason_kind: "new" },
  update: { reason_kind: "changed", values: { fields: ["title"] } },
  preserve: { reason_kind: "disabled" },
  reactivate: { reason_kind: "back" },
  adopt: { reason_kind: "linked_by_email", values: { name: "anna" } },
  skip: { reason_kind: "no_email" },
  hold: { reason_kind: "back_again" },
  unchanged: { reason_kind: "same" },
};

export function noCounts(): Counts {
  return { create: 0, update: 0, preserve: 0, reactivate: 0, adopt: 0, skip: 0, hold: 0, unchanged: 0 };
}

/** One person of a plan. */
export function planned({ people, changes, removals, list }: Plan, at: number): PlannedPerson {
  const [i, change] = [people[at] ?? 0, changes[at] ?? "unchanged"];
  const waits = list && change === "hold" && removals.has(i);
  const needs = waits ? { needs: { kind: list.kind, list: list.hash, people: list.people } } : {};
  return { ...person(i), change, ...REASONS[waits ? "preserve" : change], ...needs };
}

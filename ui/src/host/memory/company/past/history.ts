import type { Change, Failure, ImportRecord, Mapping } from "../../../../generated";
import { failure } from "../../../failure";
import { belonging, hasNoEmail, person } from "../people";
import { LIMITS, MAPPINGS, NOW } from "../sample";
import { noCounts, planOf, type Before, type Plan } from "../plan";

/** An import of the past, and what it did with whom. */
export interface Past {
  record: ImportRecord;
  plan: Plan;
}

/** What a company lived through, and what its cloud has since. */
export interface Lived {
  past: Past[];
  before: [string, Before][];
  limits: typeof LIMITS;
}

const HOUR = 3_600_000;
const NIGHTS = 6;
const REFUSAL = failure(
  "cloud_refused",
  "The cloud refused the request: the domain of this e-mail address is not allowed.",
  "Check the cloud's message.",
);
const AWAY = failure(
  "connect_timeout",
  "dc1.corp.example.com:636 cannot be reached.",
  "Check that the server runs and that no firewall is in between.",
);

/** So many people in a row who have an address. */
function some(people: readonly number[], from: number, n: number): number[] {
  return people
    .slice(from, from + n * 2)
    .filter((i) => !hasNoEmail(i))
    .slice(0, n);
}

function counted(people: number[], changes: Change[], everybody: number, refused: number[] = []): Plan {
  const counts = noCounts();
  for (const change of changes) counts[change] += 1;
  counts.unchanged = everybody - people.length;
  const refusals = new Map<number, Failure>(refused.map((i) => [i, REFUSAL]));
  return { people, changes, removals: new Set(), counts, list: null, refusals };
}

/** A few of everything, as on an ordinary day. */
function ordinary(everybody: readonly number[], day: number, full: boolean): Plan {
  const parts: [Change, number[]][] = [
    ["create", some(everybody, 40 + day * 90, full ? 2 + (day % 4) : 1)],
    ["update", some(everybody, 60 + day * 90, full ? 6 + day * 3 : 3)],
    ["preserve", some(everybody, 110 + day * 90, full ? day % 3 : 0)],
    ["reactivate", some(everybody, 120 + day * 90, full ? (day % 4 === 1 ? 1 : 0) : 0)],
    ["skip", full ? everybody.filter(hasNoEmail) : []],
  ];
  const people = parts.flatMap(([, who]) => who);
  const changes = parts.flatMap(([change, who]) => who.map(() => change));
  const refused = full && day === 2 ? (parts[0]?.[1].slice(0, 2) ?? []) : [];
  return counted(people, changes, full ? everybody.length : people.length, refused);
}

function recordOf(mapping: Mapping, kind: ImportRecord["kind"], finished_ms: number, ms: number, plan: Plan) {
  const { counts, list, refusals } = plan;
  const sent = counts.create + counts.update + counts.preserve + counts.reactivate + counts.adopt;
  const refused = refusals?.size ?? 0;
  const examples = [...(refusals?.keys() ?? [])].map((i) => {
    const { identity, user_name } = person(i);
    return { identity, user_name: user_name ?? "" };
  });
  const record: ImportRecord = {
    mapping: mapping.name,
    kind,
    started_by: kind === "full" ? "schedule" : "changes",
    started_ms: finished_ms - ms,
    finished_ms,
    complete: true,
    read: Object.values(counts).reduce((a, b) => a + b, 0),
    counts,
    acknowledged: sent - refused,
    refused,
    ...(refused > 0
      ? { refusals: [{ code: REFUSAL.code, reason: REFUSAL.message, people: refused, examples }] }
      : {}),
    awaiting_approval: list ? [list] : [],
  };
  return record;
}

/** The directory was away for this one. */
function failed(mapping: Mapping, finished_ms: number): Past {
  const plan = counted([], [], 0);
  const record = recordOf(mapping, "full", finished_ms, 31_000, plan);
  return { plan, record: { ...record, complete: false, read: 41_250, error: AWAY } };
}

function nights(mapping: Mapping, at: number): Past[] {
  const everybody = belonging(mapping);
  const past: Past[] = [];
  for (let day = NIGHTS; day >= 1; day -= 1) {
    const night = NOW - day * 24 * HOUR - 6 * HOUR + at * 120_000;
    if (day === 3 && at === 1) past.push(failed(mapping, night));
    else {
      const plan = ordinary(everybody, day, true);
      past.push({ plan, record: recordOf(mapping, "full", night, 82_000 + day * 3_100, plan) });
    }
    const noon = ordinary(everybody, day + 20, false);
    past.push({ plan: noon, record: recordOf(mapping, "changes", night + 10 * HOUR, 1_400, noon) });
  }
  return past;
}

/** A week of the sample company. `held`: its last import would deactivate 1,313 people, and waits for that alone. */
export function livedThrough(held: boolean): Lived {
  const limits = held ? { ...LIMITS, removal_limit_percent: 1 } : LIMITS;
  const before: [string, Before][] = [
    ["Berlin", "same"],
    ["Everyone else", held ? "held" : "spread"],
  ];
  const newest = MAPPINGS.map((mapping, i): Past => {
    const plan = planOf(mapping, before[i]?.[1] ?? "nothing", limits);
    return { plan, record: recordOf(mapping, "full", NOW - HOUR - i * 120_000, 95_000, plan) };
  });
  const past = [...MAPPINGS.flatMap(nights), ...newest];
  return { before, limits, past: past.sort((a, b) => a.record.finished_ms - b.record.finished_ms) };
}

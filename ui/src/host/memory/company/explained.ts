import type { Coverage, ExplainedPerson, Explanation, Mapping, Reason } from "../../../generated";
import type { State } from "../state";
import { belonging, displayName, hasNoEmail, person, valuesOf } from "./people";
import { planned, planOf, REASONS } from "./plan";
import { signInsOfPerson } from "./sign-ins";
import { NOW } from "./sample";

/** Who is meant by a typed name: a login with or without domain, a UPN or an e-mail address. */
function meant(typed: string): number | undefined {
  const name = typed.toLowerCase();
  const i = Number(/(\d+)(?:@|$)/.exec(name)?.[1] ?? NaN);
  if (!Number.isInteger(i) || i >= 100_000) return undefined;
  const { user_name, email } = person(i);
  const login = user_name?.split("@")[0] ?? "";
  return [user_name, email, login, `corp\\${login}`].includes(name) ? i : undefined;
}

function coverage(mapping: Mapping, i: number): Coverage {
  if (belonging(mapping).includes(i)) return { mapping: mapping.name, covered: true };
  const reason = mapping.units?.length
    ? ({ reason_kind: "left_units", values: { dn: person(i).dn } } as const)
    : ({ reason_kind: "left_filter", values: { filter: mapping.filter ?? "" } } as const);
  return { mapping: mapping.name, covered: false, reason };
}

/** How somebody stands whom a mapping covers, by what its import would do. */
function standing(state: State, mapping: Mapping, i: number): Pick<ExplainedPerson, "standing" | "reason"> {
  const before = state.before.get(mapping.name) ?? "nothing";
  const plan = planOf(mapping, before, state.settings.import);
  const did = planned(plan, plan.people.indexOf(i));
  const { needs, change, reason_kind } = did;
  const why = { reason: { reason_kind, ...("values" in did ? { values: did.values } : {}) } as Reason };
  if (state.inactive.has(i)) return { standing: "inactive", reason: REASONS.preserve };
  if (needs) return { standing: "waiting", ...why };
  if (change === "skip") return { standing: "skipped", ...why };
  return { standing: before === "nothing" ? "not_yet" : "active", ...(before === "nothing" ? why : {}) };
}

function explained(state: State, account: string, i: number): ExplainedPerson {
  const { identity, dn, email } = person(i);
  const mappings = state.mappings.filter((one) => one.account === account);
  const covered = mappings.map((one) => coverage(one, i));
  const first = mappings.find((one) => covered.some((c) => c.covered && c.mapping === one.name));
  const sign_ins = signInsOfPerson(state.journal, identity);
  const since = NOW - state.settings.sign_in.window_minutes * 60_000;
  const wrong = sign_ins.filter((one) => one.outcome === "wrong_password" && one.at_ms >= since).length;
  const outside = covered.find((one) => one.reason)?.reason;
  const own = first ? standing(state, first, i) : { standing: "not_covered" as const };
  const there = first && own.standing !== "not_yet" && !hasNoEmail(i);
  return {
    ...{ account, identity, dn, email, in_directory: true, name: displayName(i) },
    ...(first || !outside ? {} : { reason: outside }),
    ...own,
    ...(first ? { mapping: first.name } : {}),
    mappings: covered,
    ...(there
      ? {
          cloud: {
            cloud_id: `u-${i}`,
            active: !state.inactive.has(i),
            mapping: first.name,
            at_ms: NOW - 86_400_000,
            values: valuesOf(i),
          },
        }
      : {}),
    imports: state.runs.of(i),
    sign_ins,
    budget: { wrong, allowed: state.settings.sign_in.wrong_attempts },
  };
}

export function explanationOf(state: State, typed: string): Explanation {
  const user = typed.trim();
  const accounts = state.accounts.map((account) => account.name);
  const i = meant(user);
  if (i === undefined) return { user, people: [], not_in: accounts, not_asked: [] };
  return {
    user,
    people: accounts.slice(0, 1).map((account) => explained(state, account, i)),
    not_in: accounts.slice(1),
    not_asked: [],
  };
}

import type {
  Explanation,
  JournalEntry,
  KnownPerson,
  Mapping,
  PeopleCounts,
  PeoplePage,
  PeopleQuery,
  SignInAnswer,
  SignInRow,
  SignInsPage,
  SignInsQuery,
} from "../../../generated";
import { belonging, hasNoEmail, person } from "./people";

/** Everybody of these mappings whom an import brought or left out. */
function known(mappings: readonly Mapping[]): KnownPerson[] {
  return mappings.flatMap((mapping) =>
    belonging(mapping).map((i) => ({
      ...person(i),
      name: person(i).user_name,
      mapping: mapping.name,
      changed_ms: null,
      ...(hasNoEmail(i)
        ? { state: "skipped" as const, reason: { reason_kind: "no_email" as const } }
        : { state: "active" as const }),
    })),
  );
}

export function peopleOf(mappings: readonly Mapping[], query: PeopleQuery): PeoplePage {
  const search = query.search?.trim().toLowerCase() ?? "";
  const matching = known(mappings).filter(
    (one) =>
      (!query.mapping || one.mapping === query.mapping) &&
      `${one.dn}\n${one.user_name}\n${one.email}`.toLowerCase().includes(search),
  );
  const counts: PeopleCounts = { active: 0, inactive: 0, skipped: 0, waiting: 0, refused: 0 };
  for (const one of matching) counts[one.state] += 1;
  const people = matching.filter((one) => !query.state || one.state === query.state);
  return { counts, total: people.length, people: people.slice(query.offset, query.offset + query.limit) };
}

export function explanationOf(
  mappings: readonly Mapping[],
  accounts: readonly string[],
  user: string,
): Explanation {
  const meant = known(mappings).find((one) => one.user_name?.toLowerCase() === user.trim().toLowerCase());
  const account = mappings.find((mapping) => mapping.name === meant?.mapping)?.account ?? "";
  if (!meant) return { user, people: [], not_in: [...accounts], not_asked: [] };
  const { identity, dn, name, email, mapping, reason } = meant;
  const standing = meant.state === "skipped" ? "skipped" : "active";
  const explained = {
    ...({ account, identity, dn, name, email, mapping, standing, in_directory: true } as const),
    ...(reason ? { reason } : {}),
    mappings: [{ mapping, covered: true }],
    imports: [],
    sign_ins: [],
    budget: { wrong: 0, allowed: 4 },
  };
  return { user, people: [explained], not_in: [], not_asked: [] };
}

/** Everybody of the sample company has this password. */
const PASSWORD = "Us3r-Passw0rd!";

export function signInOf(mappings: readonly Mapping[], user: string, password: string): SignInAnswer {
  const typed = user.trim().toLowerCase();
  const meant = known(mappings).find((one) => one.user_name?.toLowerCase() === typed);
  if (!meant) return { outcome: "unknown_user", identity: null, dn: null };
  const { identity, dn } = meant;
  return { outcome: password === PASSWORD ? "ok" : "wrong_password", identity, dn };
}

export function signInsOf(entries: readonly JournalEntry[], kind: string, query: SignInsQuery): SignInsPage {
  const rows = entries
    .filter((entry) => entry.kind === kind)
    .map((entry): SignInRow => {
      const detail = entry.detail as Record<string, string | undefined>;
      const { id, at_ms, subject } = entry;
      const outcome = detail["outcome"] ?? "";
      const [identity, mapping, code] = [subject === "" ? null : subject, detail["mapping"] ?? null, outcome];
      return {
        id,
        at_ms,
        identity,
        name: null,
        user_name: null,
        account: null,
        mapping,
        outcome,
        code,
        ms: null,
      };
    });
  const counts: Record<string, number> = {};
  for (const { outcome } of rows) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return {
    counts,
    rows: rows.filter((r) => !query.outcome || r.outcome === query.outcome).slice(0, query.limit),
  };
}

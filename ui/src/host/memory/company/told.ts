import type {
  KnownPerson,
  Mapping,
  PeopleCounts,
  PeoplePage,
  PeopleQuery,
  SignInAnswer,
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

/** Everybody of the sample company has this password. */
const PASSWORD = "Us3r-Passw0rd!";

export function signInOf(mappings: readonly Mapping[], user: string, password: string): SignInAnswer {
  const typed = user.trim().toLowerCase();
  const meant = known(mappings).find((one) => one.user_name?.toLowerCase() === typed);
  if (!meant) return { outcome: "unknown_user", identity: null, dn: null };
  const { identity, dn } = meant;
  return { outcome: password === PASSWORD ? "ok" : "wrong_password", identity, dn };
}

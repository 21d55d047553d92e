import type { FoundPerson, PeopleSearch } from "../../../generated";
import { displayName, identityOf, numberOf, PEOPLE, person, textOf } from "./people";

function one(i: number): FoundPerson {
  const { dn, user_name, email } = person(i);
  return { identity: identityOf(i), dn, name: displayName(i), email, user_name };
}

/** People who can be named in a mapping. */
export function peopleFound({ search, chosen, limit }: PeopleSearch): FoundPerson[] {
  if (chosen) return chosen.map(numberOf).flatMap((i) => (i === null ? [] : [one(i)]));
  const [found, wanted]: [FoundPerson[], string] = [[], (search ?? "").toLowerCase()];
  for (let i = 0; i < PEOPLE && found.length < (limit ?? 20); i += 1) {
    if (textOf(i).includes(wanted)) found.push(one(i));
  }
  return found;
}

import type { Mapping, PlannedPerson } from "../../../generated";

export const PEOPLE = 100_000;
const GIVEN = [
  "Anna",
  "Ben",
  "Clara",
  "David",
  "Elena",
  "Felix",
  "Greta",
  "Hugo",
  "Ines",
  "Jonas",
  "Karin",
  "Liam",
  "Mara",
  "Nils",
  "Olga",
  "Paul",
];
const FAMILY = [
  "Adler",
  "Becker",
  "Costa",
  "Diaz",
  "Evans",
  "Fischer",
  "Garcia",
  "Hansen",
  "Ito",
  "Jansen",
  "Keller",
  "Lopez",
  "Meyer",
  "Novak",
  "Olsen",
  "Patel",
];
export const CITIES = ["Berlin", "London", "Madrid", "New York", "Oslo", "Tokyo"];
export const TEAMS = ["Engineering", "Finance", "Human resources", "Legal", "Marketing", "Sales"];

/** How many people each group has is the same everywhere it is shown. */
export const membersOf = (team: number, city: number): number => 180 + team * 411 + city * 97;

/** Numbers of the people who belong to a mapping. */
export function belonging(mapping: Mapping): number[] {
  const dns = (list: Mapping["units"]) => (list ?? []).map((s) => (typeof s === "string" ? s : s.dn));
  const units = dns(mapping.units);
  const groups = dns(mapping.groups);
  const narrow = mapping.filter ?? (mapping.conditions ? JSON.stringify(mapping.conditions) : "");
  const [noUnits, noGroups] = [dns(mapping.exclude_units), dns(mapping.exclude_groups)];
  const [added, out] = [new Set(dns(mapping.include_people)), new Set(dns(mapping.exclude_people))];
  const found: number[] = [];
  for (let i = 0; i < PEOPLE; i += 1) {
    if (noUnits.some((dn) => unitOf(i).endsWith(dn)) || noGroups.some((dn) => isMember(i, dn))) continue;
    if (out.size > 0 && out.has(person(i).dn)) continue;
    if (added.size > 0 && added.has(person(i).dn)) {
      found.push(i);
      continue;
    }
    if (units.length > 0 && !units.some((dn) => unitOf(i).endsWith(dn))) continue;
    if (groups.length > 0 && !groups.some((dn) => isMember(i, dn))) continue;
    if (narrow && (i + narrow.length) % 6 !== 0) continue;
    found.push(i);
  }
  return found;
}

function unitOf(i: number): string {
  return `OU=${TEAMS[i % 6]},OU=${CITIES[Math.floor(i / 6) % 6]},DC=corp,DC=example,DC=com`;
}

/** The first so many people of the group's own unit. */
function isMember(i: number, dn: string): boolean {
  const team = TEAMS.findIndex((name) => dn.startsWith(`CN=${name} `));
  const city = CITIES.findIndex((name) => dn.includes(` ${name},`));
  return i % 6 === team && Math.floor(i / 6) % 6 === city && Math.floor(i / 36) < membersOf(team, city);
}

/** Which of the sample's mappings somebody belongs to. */
export const belongsTo = (i: number): string => (Math.floor(i / 6) % 6 === 0 ? "Berlin" : "Everyone else");

const IDENTITY = "7d3f0c1a-0000-4000-8000-";
export const identityOf = (i: number): string => IDENTITY + i.toString(16).padStart(12, "0");
/** Whose identity it is; `null`: nobody's. */
export const numberOf = (identity: string): number | null =>
  identity.startsWith(IDENTITY) ? parseInt(identity.slice(IDENTITY.length), 16) : null;

export const displayName = (i: number): string => `${GIVEN[i % 16]} ${FAMILY[Math.floor(i / 16) % 16]}`;

/** What the cloud has of somebody. */
export function valuesOf(i: number): Record<string, string> {
  const { user_name, email } = person(i);
  const [given_name = "", surname = ""] = displayName(i).split(" ");
  return {
    user_name: user_name ?? "",
    ...(email ? { email } : {}),
    display_name: displayName(i),
    given_name,
    surname,
    department: TEAMS[i % 6] ?? "",
    title: "Engineer",
  };
}

const texts: string[] = [];

/** What somebody is found by, in lower case. */
export function textOf(i: number): string {
  const known = texts[i];
  if (known !== undefined) return known;
  const { dn, user_name, email } = person(i);
  const text = `${dn}\n${user_name ?? ""}\n${email ?? ""}`.toLowerCase();
  texts[i] = text;
  return text;
}

export function person(i: number): Omit<PlannedPerson, "change" | "reason_kind" | "values"> {
  const given = GIVEN[i % 16] ?? "Anna";
  const family = FAMILY[Math.floor(i / 16) % 16] ?? "Adler";
  const login = `${given}.${family}${i}`.toLowerCase();
  return {
    identity: identityOf(i),
    dn: `CN=${given} ${family} ${i},${unitOf(i)}`,
    user_name: `${login}@corp.example.com`,
    email: hasNoEmail(i) ? null : `${login}@example.com`,
  };
}

/** Whoever has no e-mail address is skipped. */
export const hasNoEmail = (i: number): boolean => i % 40 === 11;

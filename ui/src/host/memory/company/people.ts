import type { Change, Counts, ImportRecord, Mapping, PlannedPerson, Reason } from "../../../generated";

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
  const found: number[] = [];
  for (let i = 0; i < PEOPLE; i += 1) {
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

/** What an import would do with a person: a fixed spread where the sample's own import went before. */
export function changeOf(i: number, record: ImportRecord | undefined): Change {
  if (i % 40 === 11) return "skip";
  if (!record) return "create";
  if (!record.awaiting_approval) return "unchanged";
  if (i % 2500 === 7) return "hold";
  if (i % 100 === 3) return "preserve";
  if (i % 1000 === 5) return "reactivate";
  if (i % 500 === 9) return "adopt";
  if (i % 10 === 4) return "update";
  return i % 10 < 3 ? "create" : "unchanged";
}

/** The counts of a whole mapping. */
export function countsOf(mapping: Mapping, record: ImportRecord | undefined): Counts {
  const counts = noCounts();
  for (const i of belonging(mapping)) counts[changeOf(i, record)] += 1;
  return counts;
}

const REASONS: Record<Change, Reason> = {
  create: { reason_kind: "new" },
  update: { reason_kind: "changed", values: { fields: ["display_name"] } },
  preserve: { reason_kind: "disabled" },
  reactivate: { reason_kind: "back" },
  adopt: { reason_kind: "linked_by_email", values: { name: "anna" } },
  skip: { reason_kind: "no_email" },
  hold: { reason_kind: "back_again" },
  unchanged: { reason_kind: "same" },
};

export function person(i: number, record: ImportRecord | undefined): PlannedPerson {
  const given = GIVEN[i % 16] ?? "Anna";
  const family = FAMILY[Math.floor(i / 16) % 16] ?? "Adler";
  const login = `${given}.${family}${i}`.toLowerCase();
  const change = changeOf(i, record);
  return {
    identity: `7d3f0c1a-0000-4000-8000-${i.toString(16).padStart(12, "0")}`,
    dn: `CN=${given} ${family} ${i},${unitOf(i)}`,
    user_name: `${login}@corp.example.com`,
    email: change === "skip" ? null : `${login}@example.com`,
    change,
    ...REASONS[change],
  };
}

export function noCounts(): Counts {
  return { create: 0, update: 0, preserve: 0, reactivate: 0, adopt: 0, skip: 0, hold: 0, unchanged: 0 };
}

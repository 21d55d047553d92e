import type { Change, Counts, PlannedPerson } from "../../generated";

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

/** A fixed spread of changes: the same person gets the same answer in every run. */
export function changeOf(i: number): Change {
  if (i % 2500 === 7) return "hold";
  if (i % 1000 === 3) return "preserve";
  if (i % 1000 === 5) return "reactivate";
  if (i % 500 === 9) return "adopt";
  if (i % 40 === 11) return "skip";
  if (i % 10 === 4) return "update";
  return i % 10 < 4 ? "create" : "unchanged";
}

const REASONS: Record<Change, string> = {
  create: "Not in the cloud yet.",
  update: "The name has changed.",
  preserve: "Disabled in the directory.",
  reactivate: "Enabled in the directory again.",
  adopt: "A user of the cloud has the same e-mail address.",
  skip: "No e-mail address in the directory.",
  hold: "Was not read: the directory did not return everything.",
  unchanged: "As the cloud has acknowledged.",
};

export function person(i: number): PlannedPerson {
  const given = GIVEN[i % 16] ?? "Anna";
  const family = FAMILY[Math.floor(i / 16) % 16] ?? "Adler";
  const login = `${given}.${family}${i}`.toLowerCase();
  const change = changeOf(i);
  return {
    identity: `7d3f0c1a-0000-4000-8000-${i.toString(16).padStart(12, "0")}`,
    dn: `CN=${given} ${family} ${i},OU=${TEAMS[i % 6]},OU=${CITIES[Math.floor(i / 6) % 6]},DC=corp,DC=example,DC=com`,
    user_name: `${login}@corp.example.com`,
    email: change === "skip" ? null : `${login}@example.com`,
    change,
    reason: REASONS[change],
  };
}

export function noCounts(): Counts {
  return { create: 0, update: 0, preserve: 0, reactivate: 0, adopt: 0, skip: 0, hold: 0, unchanged: 0 };
}

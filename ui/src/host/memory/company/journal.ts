import type { ImportRecord, JournalEntry } from "../../../generated";
import { belongsTo, identityOf } from "./people";
import { NOW } from "./sample";

const MINUTE = 60_000;
/** The newest entries lie close together, as in a day that is looked at; older ones are fewer. */
const CLOSE = 400;

/** How busy an hour of the day is. */
function busy(at_ms: number): number {
  const hour = new Date(at_ms).getUTCHours();
  if (hour < 5 || hour > 21) return 0.15;
  return hour >= 7 && hour < 10 ? 1.8 : hour < 18 ? 1 : 0.4;
}

/** How sign-ins end: of a thousand so many. */
const ENDS: [number, string, string?][] = [
  [880, "ok"],
  [932, "wrong_password"],
  [952, "unknown_user"],
  [964, "password_expired"],
  [973, "locked"],
  [980, "not_in_scope"],
  [986, "disabled"],
  [991, "throttled"],
  [996, "must_change_password"],
  [1000, "directory_unavailable", "timeout"],
];

/** A number from 0 to 999 that looks like chance, and is always the same. */
const chance = (i: number) => (Math.imul(i + 1, 2_654_435_761) >>> 0) % 1000;
/** Some hundreds of people sign in again and again. */
const whoOf = (i: number) => (((i * 7919) % 400) * 37) % 100_000;

function signIn(i: number): Pick<JournalEntry, "kind" | "subject" | "detail"> {
  const [, outcome = "ok", code] = ENDS.find(([upTo]) => chance(i) < upTo) ?? [];
  const known = outcome !== "unknown_user" && outcome !== "not_in_scope";
  const mapping = known ? belongsTo(whoOf(i)) : null;
  const milliseconds = code === "timeout" ? 10_000 : 8 + (chance(i + 7) % 60);
  const detail = { outcome, code: code ?? outcome, mapping, milliseconds, password: null };
  return { kind: "sign_in", subject: known ? identityOf(whoOf(i)) : "", detail };
}

const ALERT = {
  kind: "directory_connection",
  account: "Corporate",
  message: "dc1.corp.example.com:636 cannot be reached.",
  action: "Check that the server runs and that no firewall is in between.",
};

function entry(
  i: number,
  record: ImportRecord | undefined,
): Pick<JournalEntry, "kind" | "subject" | "detail"> {
  if (i >= CLOSE) return signIn(i);
  switch (i % 20) {
    case 4:
      return { kind: "import", subject: record?.mapping ?? "", detail: record };
    case 9: {
      const outcome = ["found", "found", "user_not_found", "not_in_scope"][(i / 20) & 3] ?? "found";
      const known = outcome === "found";
      const [subject, mapping] = known ? [identityOf(whoOf(i)), belongsTo(whoOf(i))] : ["", null];
      return { kind: "activation", subject, detail: { outcome, mapping } };
    }
    case 14:
      return { kind: "settings", subject: "interval changed", detail: {} };
    case 19:
      return { kind: "alert", subject: "Corporate", detail: ALERT };
    default:
      return signIn(i);
  }
}

/** What happened in the last ninety days, the newest first, in so many entries; these imports are among them. */
export function journalOf(imports: readonly ImportRecord[], entries: number): JournalEntry[] {
  const all: JournalEntry[] = [];
  const apart = (85 * 24 * 60) / Math.max(1, entries - CLOSE);
  let at_ms = NOW;
  for (let i = 0; i < entries; i += 1) {
    all.push({ id: entries - i, at_ms, ...entry(i, imports[i % imports.length]) });
    const minutes = i < CLOSE ? Math.min(3, apart) / busy(at_ms) : apart;
    at_ms -= Math.round(minutes * MINUTE);
  }
  return all;
}

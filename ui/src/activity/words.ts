import type { ImportRecord, JournalEntry, Refusal } from "../generated";
import { known, language, t } from "../texts";
import { failureIn } from "../texts/failures";

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** A known outcome, or the cause behind it, in words, else as it is. */
function outcome(value: string): string {
  const key = [`outcome-${value}`, `cause-${value}`].find(known);
  return key === undefined ? value.replaceAll("_", " ") : t(key);
}

/** Kinds of entries that are about one person. */
const ABOUT_PEOPLE = ["sign_in", "activation"];

/** Whom or what an entry is about: a change of the settings in words, everything else by its name. */
export function subjectOf({ kind, subject }: JournalEntry): string {
  const key = `did-${subject.replaceAll(" ", "-")}`;
  if (kind === "settings" && known(key)) return t(key);
  // Of people the journal has the identity alone: who they are is told by the screen of sign-ins.
  return ABOUT_PEOPLE.includes(kind) ? "–" : subject;
}

/** The cloud's own words where it has any of its own: what its code says is less. Entries of earlier versions have no code. */
function refusedFor({ code, reason }: Refusal): string {
  if (code === undefined || code === "cloud_refused") return reason;
  return failureIn(language, { code, message: reason, action: "" }).message;
}

/** An error in the detail of an entry, in words; entries of earlier versions have no code. */
function failed(detail: Record<string, unknown>): string {
  const [code, message, action] = [text(detail.code), text(detail.message), text(detail.action)];
  const words = failureIn(language, { code, message, action });
  return `${words.message} ${words.action}`.trim();
}

function imported(record: Partial<ImportRecord>): string {
  const done = t("log-imported", { read: record.read ?? 0, done: record.acknowledged ?? 0 });
  const refused = record.refused ? ` ${t("log-refused", { n: record.refused })}` : "";
  const why = record.refusals?.map((refusal) => ` ${refusedFor(refusal)} (${refusal.people})`).join("") ?? "";
  const found =
    record.findings?.map((finding) => ` ${t(`find-${finding.kind}`, { n: finding.count })}`).join("") ?? "";
  const waits = (record.awaiting_approval ?? [])
    .map((list) => ` ${t(`log-waits-${list.kind}`, { n: list.people })}`)
    .join("");
  const error = record.error ? ` ${failureIn(language, record.error).message}` : "";
  return `${done}${refused}${why}${found}${waits}${error}`;
}

/** How often, where one entry stands for several refusals. */
function timesOf({ times }: Record<string, unknown>): string | false {
  return typeof times === "number" && times > 1 && t("log-times", { n: times });
}

/** Who changed a setting, and through which door; entries of earlier versions do not say. */
function changedBy(detail: Record<string, unknown>): string {
  const by = (detail.by ?? {}) as Record<string, unknown>;
  const key = `door-${text(by.door)}`;
  if (!known(key)) return "";
  const uid = typeof by.uid === "number" ? `uid ${by.uid}` : "";
  const account = text(by.account) || uid;
  return account ? t("log-by", { account, door: t(key) }) : t(key);
}

/** What an entry of the journal tells, in words. */
export function wordsOf(entry: JournalEntry): string {
  const detail = (entry.detail ?? {}) as Record<string, unknown>;
  switch (entry.kind) {
    case "import":
    case "changes":
      return imported(detail as Partial<ImportRecord>);
    case "sign_in": {
      const ms = typeof detail.milliseconds === "number" ? Math.round(detail.milliseconds) : 0;
      const mapping = text(detail.mapping);
      const how = outcome(text(detail.code) || text(detail.outcome));
      const password = (detail.password ?? {}) as Record<string, unknown>;
      const left = typeof password.grace_left === "number" && t("log-grace-left", { n: password.grace_left });
      return [
        how,
        timesOf(detail),
        left,
        mapping && t("log-in-mapping", { name: mapping }),
        t("over-ms", { n: ms }),
      ]
        .filter(Boolean)
        .join(", ");
    }
    case "approval": {
      const key = `log-approved-${text(detail.kind) || "deactivate"}`;
      const n = typeof detail.people === "number" ? detail.people : 0;
      return known(key) ? t(key, { n, list: text(detail.list) }) : text(detail.list);
    }
    case "activation":
      return [outcome(text(detail.outcome)), timesOf(detail)].filter(Boolean).join(", ");
    case "update": {
      const key = `log-update-${text(detail.state)}`;
      return known(key)
        ? t(key, {
            by: text(detail.by),
            why: failed(detail),
          })
        : text(detail.state);
    }
    case "alert":
      return failed(detail);
    case "settings": {
      const mapping = (detail.mapping ?? {}) as Record<string, unknown>;
      return [text(mapping.name), changedBy(detail)].filter(Boolean).join(", ");
    }
    case "missed":
      return t("log-missed-people", { n: typeof detail.count === "number" ? detail.count : 0 });
    default:
      return text(detail.message);
  }
}

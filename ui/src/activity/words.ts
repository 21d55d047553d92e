import type { ImportRecord, JournalEntry } from "../generated";
import { known, t } from "../texts";

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** A known outcome in words, else as it is. */
function outcome(value: string): string {
  const key = `outcome-${value}`;
  return known(key) ? t(key) : value.replaceAll("_", " ");
}

function imported(record: Partial<ImportRecord>): string {
  const done = t("log-imported", { read: record.read ?? 0, done: record.acknowledged ?? 0 });
  const refused = record.refused ? ` ${t("log-refused", { n: record.refused })}` : "";
  const why = record.refusals?.map((refusal) => ` ${refusal.reason} (${refusal.people})`).join("") ?? "";
  const waits = record.awaiting_approval ? ` ${t("log-waits")}` : "";
  const error = record.error ? ` ${record.error.message}` : "";
  return `${done}${refused}${why}${waits}${error}`;
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
      return [how, mapping && t("log-in-mapping", { name: mapping }), t("over-ms", { n: ms })]
        .filter(Boolean)
        .join(", ");
    }
    case "approval":
      return t("log-approved", {
        n: typeof detail.people === "number" ? detail.people : 0,
        list: text(detail.list),
      });
    case "activation":
      return outcome(text(detail.outcome));
    case "update": {
      const key = `log-update-${text(detail.state)}`;
      return known(key)
        ? t(key, {
            by: text(detail.by),
            why: `${text(detail.message)} ${text(detail.action)}`.trim(),
          })
        : text(detail.state);
    }
    case "alert":
      return `${text(detail.message)} ${text(detail.action)}`.trim();
    default:
      return text(detail.message);
  }
}

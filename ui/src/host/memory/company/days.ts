import type { ImportCounts, ImportRecord } from "../../../generated";

/** What imports did by the days of this computer; of who was left out or refused, the last import of each mapping counts. */
export function daysOf(records: readonly ImportRecord[], from_ms: number): ImportCounts[] {
  const days = new Map<number, { day: ImportCounts; last: Map<string, ImportRecord> }>();
  for (const record of records.toSorted((a, b) => a.finished_ms - b.finished_ms)) {
    if (record.finished_ms < from_ms) continue;
    const at_ms = new Date(record.finished_ms).setHours(0, 0, 0, 0);
    const none = { at_ms, imports: 0, added: 0, updated: 0, deactivated: 0, skipped: 0, refused: 0 };
    const { day, last } = days.get(at_ms) ?? { day: none, last: new Map<string, ImportRecord>() };
    const { counts, complete, refused } = record;
    const sent = complete ? counts : { create: 0, adopt: 0, update: 0, reactivate: 0, preserve: 0 };
    day.imports += 1;
    day.added += sent.create + sent.adopt;
    day.updated += sent.update + sent.reactivate;
    day.deactivated += sent.preserve;
    // Whom the cloud refused was to be added or changed.
    day.added -= Math.min(refused, day.added);
    last.set(record.mapping, record);
    days.set(at_ms, { day, last });
  }
  return [...days.values()].map(({ day, last }) => {
    const sum = (of: (record: ImportRecord) => number) =>
      [...last.values()].reduce((n, one) => n + of(one), 0);
    return { ...day, skipped: sum(({ counts }) => counts.skip), refused: sum(({ refused }) => refused) };
  });
}

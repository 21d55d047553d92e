import type { ImportRecord, Status } from "../generated";
import { count, t, when } from "../texts";
import { MappingState } from "../mappings/state";

/** What a column counts. */
const COLUMNS = {
  added: ({ counts }: ImportRecord) => counts.create + counts.adopt,
  updated: ({ counts }: ImportRecord) => counts.update + counts.reactivate,
  deactivated: ({ counts }: ImportRecord) => counts.preserve,
  skipped: ({ counts }: ImportRecord) => counts.skip,
  refused: ({ refused }: ImportRecord) => refused,
};
const NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

/** The last import of each mapping, the newest first. */
export function Recent({ status }: { status: Status }) {
  const newest = status.last_imports.toSorted((a, b) => b.finished_ms - a.finished_ms);
  return (
    <section className="card column">
      <h2>{t("over-recent")}</h2>
      {newest.length === 0 ? (
        <p className="muted">{t("over-none-yet")}</p>
      ) : (
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{t("maps-last")}</th>
              <th scope="col">{t("maps-name")}</th>
              {NAMES.map((name) => (
                <th key={name} scope="col" className="number">
                  {t(`over-${name}`)}
                </th>
              ))}
              <th scope="col">{t("maps-state")}</th>
            </tr>
          </thead>
          <tbody>
            {newest.map((record) => (
              <tr key={record.mapping}>
                <td className="time">{when(record.finished_ms)}</td>
                <td>{record.mapping}</td>
                {NAMES.map((name) => (
                  <td key={name} className="number">
                    {count(COLUMNS[name](record))}
                  </td>
                ))}
                <td>
                  <MappingState name={record.mapping} status={status} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

import { count, t } from "../../texts";
import type { Column, Series } from "./types";

interface Props {
  title: string;
  when: string;
  series: Series[];
  columns: Column[];
}

/** The same numbers as a table: for whoever reads rather than looks, and whoever wants them exactly. */
export function ChartTable({ title, when, series, columns }: Props) {
  const more = columns[0]?.more.map(({ name }) => name) ?? [];
  return (
    <details>
      <summary className="small">{t("chart-table")}</summary>
      <div
        className="chart-table"
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region is scrolled by keyboard
        tabIndex={0}
        role="region"
        aria-label={t("chart-column", { name: title, counts: t("chart-table") })}
      >
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{when}</th>
              {series.map((one) => (
                <th key={one.id} scope="col" className="number">
                  {one.name}
                </th>
              ))}
              {more.map((name) => (
                <th key={name} scope="col" className="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {columns.toReversed().map((column) => (
              <tr key={column.at}>
                <th scope="row">{column.name}</th>
                {series.map((one) => (
                  <td key={one.id} className="number">
                    {count(column.values[one.id] ?? 0)}
                  </td>
                ))}
                {column.more.map(({ name, words }) => (
                  <td key={name} className="number">
                    {words}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

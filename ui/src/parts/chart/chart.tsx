import { Button } from "@fluentui/react-components";
import { useId, useState } from "react";
import { count } from "../../texts";
import { Bars } from "./bars";
import { ChartTable } from "./chart-table";
import type { Column, Series } from "./types";

interface Props {
  title: string;
  /** What is counted altogether. */
  total: string;
  /** What is said where nothing was counted. */
  empty: string;
  /** The name of the first column of the table behind it. */
  when: string;
  series: Series[];
  columns: Column[];
  /** What leads to all of it. */
  more: string;
  onMore: () => void;
}

/** A chart: its numbers in words, its bars, and the same as a table. */
export function Chart({ title, total, empty, when, series, columns, more, onMore }: Props) {
  const [looked, setLooked] = useState<number | null>(null);
  const id = useId();
  const column = looked === null ? undefined : columns[looked];
  const some = columns.some(({ values }) => series.some((one) => (values[one.id] ?? 0) > 0));
  const sumOf = (one: string) => columns.reduce((sum, { values }) => sum + (values[one] ?? 0), 0);
  return (
    <section className="card column chart" aria-labelledby={id}>
      <div className="row spread">
        <h2 id={id}>{title}</h2>
        <Button size="small" appearance="subtle" onClick={onMore}>
          {more}
        </Button>
      </div>
      {some ? (
        <>
          <p className="chart-told muted">
            {column
              ? [column.name, ...column.more.map((one) => `${one.name}: ${one.words}`)].join(" · ")
              : total}
          </p>
          <ul className="legend">
            {series.map((one) => (
              <li key={one.id}>
                <svg width={12} height={12} aria-hidden>
                  <rect className={`look-${one.look}`} width={12} height={12} rx={2} />
                </svg>
                {one.name} <strong>{count(column?.values[one.id] ?? sumOf(one.id))}</strong>
              </li>
            ))}
          </ul>
          <Bars label={title} series={series} columns={columns} onLook={setLooked} />
          <ChartTable {...{ title, when, series, columns }} />
        </>
      ) : (
        <p className="chart-none muted">{empty}</p>
      )}
    </section>
  );
}

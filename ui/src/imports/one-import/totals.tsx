import type { ImportRecord } from "../../generated";
import { count, t } from "../../texts";
import { COUNTED, COUNTS, waitingOf } from "../counts";

/** What an import did in a line of numbers, as the list counts them. */
export function Totals({ record }: { record: ImportRecord }) {
  const waiting = waitingOf(record);
  const numbers: [string, number][] = [
    ...COUNTED.map((name): [string, number] => [t(`over-${name}`), COUNTS[name](record)]),
    ...(waiting > 0 ? [[t("over-approval"), waiting] as [string, number]] : []),
  ];
  return (
    <dl className="totals card">
      {numbers.map(([name, n]) => (
        <div key={name}>
          <dt className="small">{name}</dt>
          <dd className={n === 0 ? "muted" : undefined}>{count(n)}</dd>
        </div>
      ))}
    </dl>
  );
}

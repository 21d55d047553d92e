import type { ImportCounts, SignInHour } from "../generated";
import type { Column } from "../parts/chart/types";
import { beginOf } from "../sign-ins/ranges";
import { count, dayAndMonth, hourOf, timeOf, t, weekdayOf } from "../texts";

const HOUR = 3_600_000;

/** The days up to that moment, also those without an import. */
export function importColumns(days: ImportCounts[], now: number, length: number): Column[] {
  const begins = (back: number) => {
    const date = new Date(now);
    return new Date(date.getFullYear(), date.getMonth(), date.getDate() - back).getTime();
  };
  const of = (at: number, next: number) => days.find((day) => day.at_ms >= at && day.at_ms < next);
  return Array.from({ length }, (_d, i) => {
    const at = begins(length - 1 - i);
    const {
      added = 0,
      updated = 0,
      deactivated = 0,
      refused = 0,
      skipped = 0,
    } = of(at, begins(length - 2 - i)) ?? {};
    return {
      at,
      name: weekdayOf(at),
      short: dayAndMonth(at),
      values: { added, updated, deactivated, refused },
      more: [{ name: t("over-skipped"), words: count(skipped) }],
    };
  });
}

/** How a sign-in that did not go well is counted. */
const HELD = ["locked", "throttled"];

/** The last 24 hours and the one that has begun, also those in which nobody signed in. */
export function signInColumns(hours: SignInHour[], now: number): Column[] {
  const first = beginOf("day", now);
  return Array.from({ length: 25 }, (_h, i) => {
    const at = first + i * HOUR;
    const hour = hours.find((one) => one.at_ms === at);
    const wrong = hour?.by_outcome.wrong_password ?? 0;
    const held = HELD.reduce((sum, outcome) => sum + (hour?.by_outcome[outcome] ?? 0), 0);
    const p95 = hour?.p95_ms;
    return {
      at,
      name: hourOf(at, at + HOUR, now),
      short: timeOf(at),
      values: { ok: hour?.ok ?? 0, wrong, held, other: (hour?.failed ?? 0) - wrong - held },
      more: [{ name: t("chart-p95"), words: typeof p95 === "number" ? t("over-ms", { n: p95 }) : "–" }],
    };
  });
}

const HOUR = 3_600_000;
/** How far back is looked, in milliseconds; the journal keeps 90 days. */
export const RANGES = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR, quarter: 90 * 24 * HOUR } as const;
export type Range = keyof typeof RANGES;

/** Where a range begins that ends at that moment. A day has whole hours: the chart of hours counts the same sign-ins. */
export function beginOf(range: Range, at: number): number {
  const from = at - RANGES[range];
  return range === "day" ? Math.floor(from / HOUR) * HOUR : from;
}

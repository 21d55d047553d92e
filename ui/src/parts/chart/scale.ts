/** A round number that is at least so much, and how far apart its lines are: at most four of them, at whole numbers. */
export function niceTop(most: number): { top: number; step: number } {
  if (most <= 4) return { top: Math.max(1, most), step: 1 };
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= rough && Number.isInteger(n)) ?? rough;
  return { top: Math.ceil(most / step) * step, step };
}

/** The heights of parts that stand on one another: whatever is there can be seen, however little it is. */
export function heightsOf(values: number[], top: number, height: number): number[] {
  return values.map((value) => (value === 0 ? 0 : Math.max(2, (value / top) * height)));
}

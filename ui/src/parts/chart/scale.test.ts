import { expect, test } from "vitest";
import { heightsOf, niceTop } from "./scale";

test("a scale ends at a round number, and counts in whole ones", () => {
  expect(niceTop(0)).toEqual({ top: 1, step: 1 });
  expect(niceTop(3)).toEqual({ top: 3, step: 1 });
  expect(niceTop(7)).toEqual({ top: 8, step: 2 });
  expect(niceTop(9)).toEqual({ top: 10, step: 5 });
  expect(niceTop(290)).toEqual({ top: 300, step: 100 });
  expect(niceTop(12_500)).toEqual({ top: 15_000, step: 5_000 });
  for (let most = 1; most < 5_000; most += 7) {
    const { top, step } = niceTop(most);
    expect(top).toBeGreaterThanOrEqual(most);
    expect(Number.isInteger(step) && top / step <= 5).toBe(true);
  }
});

test("one of ten thousand can still be seen, and nobody is nothing", () => {
  expect(heightsOf([10_000, 1, 0], 10_000, 100)).toEqual([100, 2, 0]);
});

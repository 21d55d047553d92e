import { expect, test } from "vitest";
import { stepFor } from "./step-for";

test("keys lead through a list, and never out of it", () => {
  expect(stepFor("ArrowDown", 3, 5, 10)).toBe(4);
  expect(stepFor("ArrowDown", 4, 5, 10)).toBe(4);
  expect(stepFor("ArrowUp", 0, 5, 10)).toBe(0);
  expect(stepFor("PageDown", 0, 100, 10)).toBe(10);
  expect(stepFor("PageUp", 95, 100, 10)).toBe(85);
  expect(stepFor("End", 0, 100, 10)).toBe(99);
  expect(stepFor("Home", 50, 100, 10)).toBe(0);
  expect(stepFor("a", 0, 100, 10)).toBeUndefined();
  expect(stepFor("End", 0, 0, 10)).toBeUndefined();
});

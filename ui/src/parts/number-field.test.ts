import { expect, test } from "vitest";
import { numberIn } from "./number-field";

test("an empty field is no number, and above all not 0", () => {
  expect(numberIn("")).toBeUndefined();
  expect(numberIn(" ")).toBeUndefined();
  expect(numberIn("1.5")).toBeUndefined();
  expect(numberIn("1e")).toBeUndefined();
  expect(numberIn("0")).toBe(0);
  expect(numberIn("48")).toBe(48);
});

import { expect, test } from "vitest";
import { isWhole } from "./whole";

const test1 = (value: string) => ({ attribute: "department", op: "equals" as const, value });

test("a condition that is not filled in is not whole, however deep it is", () => {
  expect(isWhole({ all: [test1("Sales")] })).toBe(true);
  expect(isWhole({ all: [test1("Sales"), { any: [test1(" ")] }] })).toBe(false);
  expect(isWhole({ all: [] })).toBe(false);
  expect(isWhole({ any: [{ attribute: "mail", op: "present", value: "" }] })).toBe(true);
  expect(isWhole({ any: [{ attribute: " ", op: "present", value: "" }] })).toBe(false);
});

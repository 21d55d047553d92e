import { expect, test } from "vitest";
import { de } from "./de";
import { en, type TextKey } from "./en";

const names = (text: string) => [...text.matchAll(/\{\w+\}/g)].map((m) => m[0]).sort();

test("both languages fill in the same names, and no text is empty", () => {
  for (const key of Object.keys(en) as TextKey[]) {
    expect(en[key], key).not.toBe("");
    expect(de[key], key).not.toBe("");
    expect(names(de[key]), key).toEqual(names(en[key]));
  }
});

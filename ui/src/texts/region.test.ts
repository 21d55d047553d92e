import { expect, test } from "vitest";
import { regionOf } from "./index";

test("the region is the reader's own, in the language of the window", () => {
  expect(regionOf("en", ["en-GB", "en"])).toBe("en-GB");
  expect(regionOf("de", ["en-US", "de-AT"])).toBe("de-AT");
  expect(regionOf("en", ["de-DE"])).toBe("en");
});

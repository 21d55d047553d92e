import { expect, test } from "vitest";
import { regionOf } from "./index";

test("the region is the reader's own, in the language of the window", () => {
  expect(regionOf("en", ["en-GB", "en"])).toBe("en-GB");
  expect(regionOf("de", ["de-AT", "en-US"])).toBe("de-AT");
  expect(regionOf("en", ["en", "en-AU"])).toBe("en-AU");
  expect(regionOf("en", ["en"])).toBe("en");
});

test("whoever reads English elsewhere has no American dates", () => {
  expect(regionOf("en", ["fr-FR", "fr", "en-US", "en"])).toBe("en-FR");
  expect(regionOf("en", ["de-DE"])).toBe("en-DE");
  const date = new Intl.DateTimeFormat(regionOf("en", ["fr-FR", "en-US"]), {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: "UTC",
  });
  expect(date.format(Date.UTC(2026, 10, 23, 15, 30))).toBe("23 Nov 2026, 15:30");
});

test("a system without a language has one all the same", () => {
  expect(regionOf("en", ["C"])).toBe("en");
  expect(regionOf("en", [])).toBe("en");
});

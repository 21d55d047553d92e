import { expect, test } from "vitest";
import { emptyMapping } from "../mapping/new";
import { nameIn, scopeWords } from "./scope-words";

const mapping = { ...emptyMapping("Corporate"), base_dn: "DC=corp" };

test("a scope is told in words", () => {
  expect(scopeWords(mapping)).toBe("Everyone under DC=corp");
  const units = ["OU=Berlin,DC=corp", "OU=Oslo,DC=corp", "OU=Rome,DC=corp"];
  expect(scopeWords({ ...mapping, units, groups: ["CN=Sales,DC=corp"] })).toBe(
    "Unit Berlin and 2 more, group Sales",
  );
  expect(
    scopeWords({ ...mapping, units, exclude_groups: ["CN=Contractors,DC=corp"], include_people: ["a"] }),
  ).toBe("Unit Berlin and 2 more, 1 person by name, not in group Contractors");
  const names = ["CN=a,DC=corp", "CN=b,DC=corp"];
  expect(scopeWords({ ...mapping, exclude_units: units, exclude_people: names })).toBe(
    "Everyone under DC=corp, not in unit Berlin and 2 more, without 2 people by name",
  );
  expect(scopeWords({ ...mapping, filter: "(cn=a)" })).toBe("with a filter");
});

test("the name in a DN is read past what is escaped", () => {
  expect(nameIn("OU=Sales\\, North,DC=corp")).toBe("Sales, North");
  expect(nameIn("CN=a\\2cb,DC=corp")).toBe("a,b");
});

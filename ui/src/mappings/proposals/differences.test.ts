import { expect, test } from "vitest";
import { emptyMapping } from "../../mapping/new";
import { attributesIn, differences } from "./differences";

const mapping = { ...emptyMapping("Corporate"), name: "Berlin", base_dn: "DC=corp" };

test("what changes comes first, in words", () => {
  const after = { ...mapping, units: ["OU=Berlin,DC=corp"], quota_gb: 50, mass_deployment: true };
  const rows = differences({ mapping, filter: "" }, { mapping: after, filter: "" });
  expect(rows.filter((row) => row.changed).map((row) => [row.id, row.before, row.after])).toEqual([
    ["map-units", "No restriction", "Berlin"],
    ["map-quota", "No limit", "50 GB"],
    ["map-mass", "No", "Yes"],
  ]);
  expect(rows[3]).toEqual({ id: "map-account", before: "Corporate", after: "Corporate", changed: false });
});

test("units of one name are not the same unit", () => {
  const [before, after] = ["OU=Sales,OU=Oslo,DC=corp", "OU=Sales,OU=Rome,DC=corp"].map((unit) => ({
    mapping: { ...mapping, units: [unit] },
    filter: "",
  }));
  if (!before || !after) throw new Error("none");
  const [first] = differences(before, after);
  expect([first?.id, first?.changed]).toEqual(["map-units", true]);
});

test("a new mapping has nothing before, and changes nothing", () => {
  const rows = differences(undefined, { mapping, filter: "(cn=a)" });
  expect(rows.every((row) => row.before === undefined && !row.changed)).toBe(true);
  expect(rows.find((row) => row.id === "map-filter")?.after).toBe("(cn=a)");
});

test("the attributes that a filter asks for are found in any of its forms", () => {
  const filter =
    "(&(objectClass=user)(!(homePhone=*))(|(cn~=a)(logonCount>=5))(memberOf:1.2.840.113556.1.4.1941:=CN=g,DC=x)(sn;lang-de=b)(cn=c))";
  expect(attributesIn(filter)).toEqual([
    "objectClass",
    "homePhone",
    "cn",
    "logonCount",
    "memberOf",
    "sn;lang-de",
  ]);
  expect(attributesIn("")).toEqual([]);
});

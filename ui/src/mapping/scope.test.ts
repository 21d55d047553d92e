import { expect, test } from "vitest";
import type { Node } from "../generated";
import { tickOf, toggled } from "./scope";

const node = (dn: string): Node => ({
  name: dn,
  dn,
  identity: `id-${dn}`,
  has_children: true,
  members: null,
});

test("a chosen unit includes all below it and marks what is above", () => {
  const chosen = toggled(node("OU=B,DC=x"), []);
  expect(tickOf("OU=B,DC=x", chosen)).toBe("on");
  expect(tickOf("OU=A,OU=B,DC=x", chosen)).toBe("inherited");
  expect(tickOf("DC=x", chosen)).toBe("mixed");
  expect(tickOf("OU=AB,DC=x", chosen)).toBe("off");
});

test("choosing the parent drops the child; choosing twice gives nothing", () => {
  const chosen = toggled(node("OU=B,DC=x"), toggled(node("OU=A,OU=B,DC=x"), []));
  expect(chosen).toEqual([{ identity: "id-OU=B,DC=x", dn: "OU=B,DC=x" }]);
  expect(toggled(node("OU=B,DC=x"), chosen)).toEqual([]);
});

import type { Node, ScopeRef } from "../generated";

export const dnOf = (ref: ScopeRef): string => (typeof ref === "string" ? ref : ref.dn);
const inside = (dn: string, ancestor: string) => dn.toLowerCase().endsWith(`,${ancestor.toLowerCase()}`);

export type Tick = "on" | "inherited" | "mixed" | "off";

/** How a unit stands to the chosen ones: a chosen unit includes all below it. */
export function tickOf(dn: string, chosen: ScopeRef[]): Tick {
  const all = chosen.map(dnOf);
  if (all.some((c) => c.toLowerCase() === dn.toLowerCase())) return "on";
  if (all.some((c) => inside(dn, c))) return "inherited";
  return all.some((c) => inside(c, dn)) ? "mixed" : "off";
}

/** The choice after a click; choosing a unit drops what is chosen below it. */
export function toggled(node: Node, chosen: ScopeRef[]): ScopeRef[] {
  const same = (ref: ScopeRef) => dnOf(ref).toLowerCase() === node.dn.toLowerCase();
  if (chosen.some(same)) return chosen.filter((ref) => !same(ref));
  return [
    ...chosen.filter((ref) => !inside(dnOf(ref), node.dn)),
    node.identity ? { identity: node.identity, dn: node.dn } : node.dn,
  ];
}

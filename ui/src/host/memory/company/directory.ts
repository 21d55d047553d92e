import type { BrowseQuery, Node } from "../../../generated";
import { CITIES, membersOf, TEAMS } from "./people";

export const BASE = "DC=corp,DC=example,DC=com";

function unit(name: string, under: string, has_children: boolean): Node {
  const dn = `OU=${name},${under}`;
  return {
    name,
    dn,
    identity: `ou-${dn.toLowerCase().replace(/[^a-z]+/g, "-")}`,
    has_children,
    members: null,
  };
}

function children(under: string): Node[] {
  if (under === BASE) return CITIES.map((city) => unit(city, BASE, true));
  return under.split(",OU=").length === 1 ? TEAMS.map((team) => unit(team, under, false)) : [];
}

export function units(query: BrowseQuery): Node[] {
  const search = query.search?.trim().toLowerCase();
  if (!search) return children(query.under ?? BASE);
  const all = children(BASE).flatMap((city) => [city, ...children(city.dn)]);
  return all.filter((node) => node.name.toLowerCase().includes(search)).slice(0, query.limit ?? 50);
}

export function groups(query: BrowseQuery): Node[] {
  const search = query.search?.trim().toLowerCase() ?? "";
  const all = TEAMS.flatMap((team, t) =>
    CITIES.map((city, c): Node => {
      const name = `${team} ${city}`;
      return {
        name,
        dn: `CN=${name},OU=Groups,${BASE}`,
        identity: `group-${t}-${c}`,
        has_children: false,
        members: Math.min(membersOf(t, c), 2778),
      };
    }),
  );
  return all.filter((node) => node.name.toLowerCase().includes(search)).slice(0, query.limit ?? 50);
}

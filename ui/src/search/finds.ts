import { useQuery } from "@tanstack/react-query";
import { host } from "../host";
import { PLACES, type Screen } from "../screens";
import { SETTINGS } from "../settings/names";
import { t } from "../texts";

export const GROUPS = ["mappings", "accounts", "screens", "settings"] as const;

export interface Find {
  id: string;
  group: (typeof GROUPS)[number];
  words: string;
  screen: Screen;
  part?: string;
}

/** At most so many of one kind: more words find fewer. */
const MOST = 6;

/** Every part of the typed words is in the name, in any order and case. */
export function matches(words: string, typed: string): boolean {
  const name = words.toLocaleLowerCase();
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((part) => name.includes(part));
}

/** What has a name like that. */
export function useFinds(typed: string): Find[] {
  const mappings = useQuery({ queryKey: ["mappings"], queryFn: host.mappings });
  const accounts = useQuery({ queryKey: ["accounts"], queryFn: host.accounts });
  const wanted = typed.trim();
  if (!wanted) return [];
  const all: Find[] = [
    ...(mappings.data ?? []).map(({ name }): Find => ({
      id: `mapping ${name}`,
      group: "mappings",
      words: name,
      screen: "mappings",
      part: name,
    })),
    ...(accounts.data ?? []).map(({ name }): Find => ({
      id: `account ${name}`,
      group: "accounts",
      words: name,
      screen: "accounts",
      part: name,
    })),
    ...[...PLACES.daily, ...PLACES.seldom].map((place): Find => ({
      id: `screen ${place}`,
      group: "screens",
      words: t(`nav-${place}`),
      screen: place,
    })),
    ...SETTINGS.map((name): Find => ({
      id: `setting ${name}`,
      group: "settings",
      words: t(name),
      screen: "settings",
      part: name,
    })),
  ];
  const found = all.filter((one) => matches(one.words, wanted));
  return GROUPS.flatMap((group) => found.filter((one) => one.group === group).slice(0, MOST));
}

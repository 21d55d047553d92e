import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import type { KnownPerson } from "../generated";
import { host } from "../host";
import { userOf } from "../people/user-of";
import { PLACES, type Screen } from "../screens";
import { SETTINGS } from "../settings/names";
import { t } from "../texts";

export const GROUPS = ["people", "mappings", "accounts", "screens", "settings", "look_up"] as const;

export interface Find {
  id: string;
  group: (typeof GROUPS)[number];
  words: string;
  screen: Screen;
  part?: string;
}

/** At most so many of one kind: more words find fewer. */
const MOST = 6;
/** Letters from which on people are searched: one alone finds too many. */
const LEAST = 2;

/** Every part of the typed words is in the name, in any order and case. */
export function matches(words: string, typed: string): boolean {
  const name = words.toLocaleLowerCase();
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((part) => name.includes(part));
}

/** Somebody whom the last imports know, by the name that finds them in the directory again. */
function personFind(person: KnownPerson): Find {
  const { identity, mapping, name, email } = person;
  const user = userOf(person);
  const words = [name, user, email].filter((text, i, all) => text && all.indexOf(text) === i);
  return {
    id: `person ${mapping} ${identity}`,
    group: "people",
    words: words.slice(0, 2).join(" – "),
    screen: "people",
    part: user,
  };
}

/** Anybody else: the directories are asked. */
function lookUp(user: string): Find {
  const words = t("search-look-up", { user });
  return { id: `look-up ${user}`, group: "look_up", words, screen: "people", part: user };
}

/** What has a name like that. */
export function useFinds(typed: string): Find[] {
  const mappings = useQuery({ queryKey: ["mappings"], queryFn: host.mappings });
  const accounts = useQuery({ queryKey: ["accounts"], queryFn: host.accounts });
  const wanted = typed.trim();
  const named = useDeferredValue(wanted);
  const people = useQuery({
    queryKey: ["people", "search", named],
    queryFn: async () => host.people({ search: named, offset: 0, limit: MOST }),
    enabled: named.length >= LEAST,
  });
  // Not before it is known who is meant: what stands first is what Enter takes, and people stand first.
  if (!wanted || (wanted.length >= LEAST && (named !== wanted || people.isLoading))) return [];
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
  const found = [
    ...(people.data?.people ?? []).map(personFind),
    ...all.filter((one) => matches(one.words, wanted)),
    lookUp(wanted),
  ];
  return GROUPS.flatMap((group) => found.filter((one) => one.group === group).slice(0, MOST));
}

import type {
  KnownPerson,
  PeopleCounts,
  PeoplePage,
  PeopleQuery,
  PersonState,
  SignInAnswer,
} from "../../../generated";
import type { State } from "../state";
import { displayName, person, textOf } from "./people";
import { REASONS } from "./plan";

/** Where somebody stands, before all that is told of them is put together. */
interface Place {
  who: number;
  mapping: string;
  state: PersonState;
}

/** Whom the last import of a mapping left out, or put on a list that waits. */
function ofLastImport(state: State, mapping: string): Place[] {
  const last = state.runs.lastFull(mapping);
  if (!last || !state.records.some((record) => record.mapping === mapping)) return [];
  const { people, changes, removals, list } = last.plan;
  return people.flatMap((who, at): Place[] => {
    if (changes[at] === "skip") return [{ who, mapping, state: "skipped" }];
    const waits = list && !last.approved && changes[at] === "hold" && removals.has(who);
    return waits ? [{ who, mapping, state: "waiting" }] : [];
  });
}

function everybody(state: State): Place[] {
  const places = state.mappings.flatMap(({ name }) => ofLastImport(state, name));
  const told = new Set(places.map(({ who }) => who));
  const add = (who: number, mapping: string, is: PersonState) => {
    if (told.has(who)) return;
    told.add(who);
    places.push({ who, mapping, state: is });
  };
  for (const { name } of state.mappings)
    if (state.records.some((record) => record.mapping === name))
      for (const who of state.inCloud(name)) add(who, name, "active");
  for (const [who, mapping] of state.inactive) add(who, mapping, "inactive");
  const names = new Map(places.map(({ who }) => [who, person(who).user_name ?? ""]));
  return places.sort((a, b) => ((names.get(a.who) ?? "") < (names.get(b.who) ?? "") ? -1 : 1));
}

interface Kept {
  ended: number;
  places: Place[];
  /** What was searched last, and who was found: whoever types on looks among those. */
  last: { search: string; found: Place[] };
}

/** The list stays as long as no import has ended. */
const lists = new WeakMap<State, Kept>();

function listOf(state: State): Kept {
  const kept = lists.get(state);
  const ended = state.runs.ends() + state.records.length + state.mappings.length / 1000;
  if (kept?.ended === ended) return kept;
  const places = everybody(state);
  const list = { ended, places, last: { search: "", found: places } };
  lists.set(state, list);
  return list;
}

function searched(list: Kept, search: string): Place[] {
  const { last, places } = list;
  if (last.search === search) return last.found;
  const among = search.startsWith(last.search) ? last.found : places;
  const found = search === "" ? places : among.filter(({ who }) => textOf(who).includes(search));
  list.last = { search, found };
  return found;
}

function known(state: State, { who, mapping, state: is }: Place): KnownPerson {
  const left = is === "skipped" ? REASONS.skip : is === "waiting" ? REASONS.preserve : undefined;
  const at_ms = state.runs.lastFull(mapping)?.record.finished_ms ?? 0;
  return {
    ...person(who),
    name: is === "skipped" ? null : displayName(who),
    mapping,
    state: is,
    ...(left ? { reason: left } : {}),
    changed_ms: is === "skipped" ? null : at_ms - (who % 9) * 86_400_000,
  };
}

export function peopleOf(state: State, query: PeopleQuery): PeoplePage {
  const search = query.search?.trim().toLowerCase() ?? "";
  const counts: PeopleCounts = { active: 0, inactive: 0, skipped: 0, waiting: 0, refused: 0 };
  const found: Place[] = [];
  for (const place of searched(listOf(state), search)) {
    if (query.mapping && place.mapping !== query.mapping) continue;
    counts[place.state] += 1;
    if (!query.state || place.state === query.state) found.push(place);
  }
  const page = found.slice(query.offset, query.offset + Math.min(query.limit, 500));
  return { counts, total: found.length, people: page.map((place) => known(state, place)) };
}

/** Everybody of the sample company has this password. */
const PASSWORD = "Us3r-Passw0rd!";

export function signInOf(state: State, user: string, password: string): SignInAnswer {
  const typed = user.trim().toLowerCase();
  const meant = listOf(state).places.find(({ who }) => person(who).user_name?.toLowerCase() === typed);
  if (!meant) return { outcome: "unknown_user", identity: null, dn: null };
  const { identity, dn } = person(meant.who);
  return { outcome: password === PASSWORD ? "ok" : "wrong_password", identity, dn };
}

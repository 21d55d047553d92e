import type { Mapping, ScopeRef } from "../../generated";
import { dnOf } from "../../mapping/scope";
import { count, t, type TextId } from "../../texts";
import { nameIn } from "../scope-words";

export interface Difference {
  id: TextId;
  /** Not there: there is no such mapping today. */
  before: string | undefined;
  after: string;
  changed: boolean;
}

/** A mapping, and the filter that its conditions and its own filter make. */
export interface Filtered {
  mapping: Mapping;
  filter: string;
}

const names = (refs: ScopeRef[] | undefined) => (refs ?? []).map((ref) => nameIn(dnOf(ref))).join(", ");
const named = (refs: ScopeRef[] | undefined) => names(refs) || t("prop-nobody-left-out");
const nobody = (refs: ScopeRef[] | undefined) => names(refs) || t("map-nobody-named");
const listed = (values: string[] | undefined) => values?.join(", ") || t("prop-nobody-left-out");
const yes = (is: boolean) => t(is ? "prop-yes" : "prop-no");

/** What a mapping says, each with its name. */
const SETTINGS: [TextId, (of: Filtered) => string][] = [
  ["map-account", ({ mapping }) => mapping.account],
  ["map-base", ({ mapping }) => mapping.base_dn],
  ["map-units", ({ mapping }) => named(mapping.units)],
  ["map-groups", ({ mapping }) => named(mapping.groups)],
  ["map-nested", ({ mapping }) => yes(mapping.nested_groups)],
  ["map-not-units", ({ mapping }) => nobody(mapping.exclude_units)],
  ["map-not-groups", ({ mapping }) => nobody(mapping.exclude_groups)],
  ["map-add-people", ({ mapping }) => nobody(mapping.include_people)],
  ["map-not-people", ({ mapping }) => nobody(mapping.exclude_people)],
  ["map-department", ({ mapping }) => listed(mapping.department)],
  ["map-country", ({ mapping }) => listed(mapping.country)],
  ["map-filter", ({ filter }) => filter || t("map-filter-none")],
  ["map-name-from", ({ mapping }) => t(`map-${mapping.name_from}`)],
  ["map-profile", ({ mapping }) => mapping.profile ?? t("prop-default")],
  ["map-storage", ({ mapping }) => mapping.storage ?? t("prop-default")],
  [
    "map-quota",
    ({ mapping }) =>
      mapping.quota_gb === undefined ? t("prop-unlimited") : t("prop-gb", { n: mapping.quota_gb }),
  ],
  ["map-auto", ({ mapping }) => yes(mapping.auto_import)],
  ["map-email", ({ mapping }) => yes(mapping.activation_email)],
  ["map-mass", ({ mapping }) => yes(mapping.mass_deployment)],
  [
    "prop-rank",
    ({ mapping }) => (mapping.priority === undefined ? t("prop-rank-last") : count(mapping.priority)),
  ],
];

/** Units and groups are told by their names, and compared by what they are. */
const SCOPES = {
  "map-units": "units",
  "map-groups": "groups",
  "map-not-units": "exclude_units",
  "map-not-groups": "exclude_groups",
  "map-add-people": "include_people",
  "map-not-people": "exclude_people",
} as const satisfies Partial<Record<TextId, keyof Mapping>>;
const isScope = (id: TextId): id is keyof typeof SCOPES => id in SCOPES;
const idsOf = (refs: ScopeRef[] | undefined) => (refs ?? []).map((ref) => dnOf(ref).toLowerCase()).join("\n");

/** What each setting is today, and what it would be; what changes comes first. */
export function differences(before: Filtered | undefined, after: Filtered): Difference[] {
  const all = SETTINGS.map(([id, say]) => {
    const [then, now] = [before && say(before), say(after)];
    const scope = isScope(id) ? SCOPES[id] : undefined;
    const moved = scope && before && idsOf(before.mapping[scope]) !== idsOf(after.mapping[scope]);
    return { id, before: then, after: now, changed: before !== undefined && (moved ?? then !== now) };
  });
  return [...all.filter((one) => one.changed), ...all.filter((one) => !one.changed)];
}

/** The attributes that a filter asks for (RFC 4515), as they are written there. */
export function attributesIn(filter: string): string[] {
  const found = [...filter.matchAll(/\(([A-Za-z0-9][A-Za-z0-9.;-]*)(?::[^=()]*)?[~<>]?:?=/g)];
  return [...new Set(found.map((one) => one[1] ?? ""))];
}

import type { Mapping } from "../generated";
import { t } from "../texts";
import { dnOf } from "../mapping/scope";

/** The first part of a DN: what people call the unit or the group. */
export function nameIn(dn: string): string {
  const first = /^[^=]+=((?:\\.|[^,\\])*)/.exec(dn)?.[1] ?? dn;
  return first.replace(/\\(?:([0-9a-f]{2})|(.))/gi, (_all, hex: string | undefined, sign: string) =>
    hex === undefined ? sign : String.fromCharCode(parseInt(hex, 16)),
  );
}

const some = (dns: string[], one: "maps-unit" | "maps-group" | "maps-not-unit" | "maps-not-group") => {
  const [first, ...more] = dns;
  return first === undefined ? [] : [t(one, { name: nameIn(first), n: more.length })];
};

/** Whom a mapping takes, as somebody would say it: "Unit Berlin and 2 more, not in group Contractors". */
export function scopeWords(mapping: Mapping): string {
  const parts = [
    ...some((mapping.units ?? []).map(dnOf), "maps-unit"),
    ...some((mapping.groups ?? []).map(dnOf), "maps-group"),
    ...(mapping.department?.length ? [t("maps-department", { values: mapping.department })] : []),
    ...(mapping.country?.length ? [t("maps-country", { values: mapping.country })] : []),
    ...(mapping.filter !== undefined || mapping.conditions ? [t("maps-filter")] : []),
  ];
  const whom = parts.length > 0 ? parts : [t("maps-everyone", { base: mapping.base_dn })];
  const added = mapping.include_people?.length ?? 0;
  const out = mapping.exclude_people?.length ?? 0;
  return [
    ...whom,
    ...(added > 0 ? [t("maps-added", { n: added })] : []),
    ...some((mapping.exclude_units ?? []).map(dnOf), "maps-not-unit"),
    ...some((mapping.exclude_groups ?? []).map(dnOf), "maps-not-group"),
    ...(out > 0 ? [t("maps-left-out", { n: out })] : []),
  ].join(", ");
}

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

const some = (dns: string[], one: "maps-unit" | "maps-group") => {
  const [first, ...more] = dns;
  return first === undefined ? [] : [t(one, { name: nameIn(first), n: more.length })];
};

/** Whom a mapping takes, as somebody would say it: "Unit Berlin and 2 more, group Sales". */
export function scopeWords(mapping: Mapping): string {
  const parts = [
    ...some((mapping.units ?? []).map(dnOf), "maps-unit"),
    ...some((mapping.groups ?? []).map(dnOf), "maps-group"),
    ...(mapping.department?.length ? [t("maps-department", { values: mapping.department })] : []),
    ...(mapping.country?.length ? [t("maps-country", { values: mapping.country })] : []),
    ...(mapping.filter !== undefined || mapping.conditions ? [t("maps-filter")] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : t("maps-everyone", { base: mapping.base_dn });
}

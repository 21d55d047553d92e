import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import type { Mapping } from "../generated";
import { host } from "../host";
import { isWhole } from "./filter/whole";
import { emptyMapping } from "./new";

/** How many people match a mapping as it stands; the rest of it may be typed without a count. */
export function useCount(mapping: Mapping) {
  const { account, base_dn, name_from, units, groups, nested_groups } = mapping;
  const { department, country, filter, conditions } = mapping;
  const { exclude_units, exclude_groups, include_people, exclude_people } = mapping;
  const named = { exclude_units, exclude_groups, include_people, exclude_people };
  const who = { ...named, units, groups, nested_groups, department, country, filter, conditions };
  const asked = useDeferredValue(JSON.stringify({ account, base_dn, name_from, ...who }));
  return useQuery({
    queryKey: ["count", asked],
    queryFn: async ({ signal }) =>
      host.countPeople({ ...emptyMapping(account), ...(JSON.parse(asked) as Partial<Mapping>) }, signal),
    placeholderData: (old) => old,
    enabled: account !== "" && base_dn !== "" && (!conditions || isWhole(conditions)),
  });
}

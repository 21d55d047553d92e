import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import type { Mapping } from "../../generated";
import { host } from "../../host";
import { isWhole } from "./whole";

/** The filter of a mapping as the directory is asked, once every condition has what it needs. */
export function useFilter({ conditions, filter }: Pick<Mapping, "conditions" | "filter">) {
  const asked = useDeferredValue(JSON.stringify({ conditions, filter }));
  const whole = conditions === undefined || isWhole(conditions);
  const compiled = useQuery({
    queryKey: ["filter", asked],
    queryFn: async () => host.compileFilter(JSON.parse(asked) as Pick<Mapping, "conditions" | "filter">),
    enabled: whole && (conditions !== undefined || filter !== undefined),
  });
  return { compiled, whole };
}

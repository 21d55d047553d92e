import { useQuery } from "@tanstack/react-query";
import { host } from "../../host";
import { useStatus } from "../../parts/fresh/use-status";

/** In the address of a mapping that the cloud sent. */
export const PROPOSED = "proposed";

/** Mappings of the cloud that wait; asked for anew when the status tells of others. */
export function useProposals() {
  const names = useStatus().data?.proposed ?? [];
  return useQuery({
    queryKey: ["proposals", names.join("\0")],
    queryFn: host.proposals,
    placeholderData: (old) => old,
  });
}

import { useQuery } from "@tanstack/react-query";
import { host } from "../host";

/** Days of the chart of imports. */
export const DAYS = 30;
const DAY = 24 * 3_600_000;
/** What was is looked at anew so often, in milliseconds. */
const AGAIN = 60_000;

/** What was counted by days and hours. */
export function useHistory() {
  return useQuery({
    queryKey: ["history", DAYS],
    queryFn: async () => ({ ...(await host.history(DAYS)), at: Date.now() }),
    refetchInterval: AGAIN,
  });
}

/** How many signed in within the last 24 hours, and how many could not: as the screen of sign-ins counts them. */
export function useSignInsOfDay() {
  const counts = useQuery({
    queryKey: ["sign-ins-of-day"],
    queryFn: async () => host.signIns({ from_ms: Date.now() - DAY, limit: 0 }),
    refetchInterval: AGAIN,
    select: (page) => page.counts,
  });
  const all = Object.values(counts.data ?? {}).reduce((sum, n) => sum + n, 0);
  return { all, failed: all - (counts.data?.ok ?? 0) };
}

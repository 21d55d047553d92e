import { useQuery } from "@tanstack/react-query";
import { host } from "../host";
import { beginOf } from "../sign-ins/ranges";

/** Days of the chart of imports. */
export const DAYS = 30;
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

/** How many signed in within the last 24 hours, and how many could not: as the chart and the screen of sign-ins count. */
export function useSignInsOfDay() {
  const { data } = useHistory();
  const from = beginOf("day", data?.at ?? 0);
  const hours = data?.hours.filter((hour) => hour.at_ms >= from) ?? [];
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  return { known: data !== undefined, all: hours.reduce((sum, hour) => sum + hour.ok, failed), failed };
}

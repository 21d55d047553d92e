import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { Status } from "../../generated";
import type { Host } from "../../host/contract";

const STATUS = ["status"];

/** Wait before a status that could not be had is asked for again: what did not change is not told again. */
const AGAIN_MS = 2_000;

/** What the program told last, since the page asked last. */
let told: Status | undefined;

/** Asks for the status. What is told while the answer is on its way is newer, also where that is an error. */
async function ask(from: Pick<Host, "status">): Promise<Status> {
  told = undefined;
  try {
    const answer = await from.status();
    return told ?? answer;
  } catch (error) {
    if (told) return told;
    throw error;
  }
}

/** How the page asks for the status. */
export const statusQuery = (from: Pick<Host, "status">) =>
  queryOptions({
    queryKey: STATUS,
    queryFn: async () => ask(from),
    refetchInterval: ({ state }) => (state.error ? AGAIN_MS : false),
  });

/** Keeps the page's status as the program tells it, until stopped. */
export function follow(client: QueryClient, from: Pick<Host, "onStatus">): () => void {
  return from.onStatus(
    (status) => {
      told = status;
      client.setQueryData(STATUS, status);
    },
    // What was told before may be newer than an answer on its way, or hold no longer: it is asked for once more.
    () =>
      void client
        .cancelQueries({ queryKey: STATUS })
        .then(async () => client.refetchQueries({ queryKey: STATUS })),
  );
}

import type { QueryClient } from "@tanstack/react-query";

/** Shows what a change answered. An answer from before the change that is still on its way no longer counts. */
export async function answered(client: QueryClient, queryKey: string[], answer: unknown): Promise<void> {
  await client.cancelQueries({ queryKey });
  client.setQueryData(queryKey, answer);
}

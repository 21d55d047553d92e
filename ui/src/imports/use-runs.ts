import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { host } from "../host";
import { useStatus } from "../parts/fresh/use-status";

const PAGE = 50;

/** Changes whenever an import has ended, so that what is told of imports is asked anew. */
export function useLastEnd(): string {
  const last = useStatus().data?.last_imports ?? [];
  return last.map(({ mapping, finished_ms }) => `${mapping} ${finished_ms}`).join("\n");
}

/** Imports of a mapping or of all, the newest first, as many as were scrolled to. */
export function useRuns(mapping: string) {
  const end = useLastEnd();
  const pages = useInfiniteQuery({
    queryKey: ["imports", mapping, end],
    initialPageParam: undefined as number | undefined,
    queryFn: async ({ pageParam }) =>
      host.imports({ mapping: mapping || undefined, before: pageParam, limit: PAGE }),
    getNextPageParam: (last) => (last.length === PAGE ? last.at(-1)?.id : undefined),
    placeholderData: (old) => old,
  });
  return { ...pages, runs: pages.data?.pages.flat() };
}

/** The newest imports. */
export function useNewest(limit: number) {
  const end = useLastEnd();
  return useQuery({
    queryKey: ["imports", "newest", limit, end],
    queryFn: async () => host.imports({ limit }),
    placeholderData: (old) => old,
  });
}

/** One import, as long as it is kept. */
export function useRun(id: number) {
  return useQuery({ queryKey: ["imports", "one", id], queryFn: async () => host.importRun(id) });
}

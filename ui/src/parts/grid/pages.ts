import { type QueryKey, useQueries, useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";

const PAGE = 100;

/** Part of a list that is too long to be read at once, and how long it is. */
export interface Part<T> {
  total: number;
  people: T[];
}

/** A list of which only the pages in sight are read. */
export type Pages<T, P extends Part<T> = Part<T>> = ReturnType<typeof usePages<T, P>>;

/** The first page of a list, which tells how long it is, and the pages that are in sight. */
export function usePages<T, P extends Part<T>>(
  key: QueryKey,
  read: (offset: number, limit: number) => Promise<P>,
) {
  const [sight, setSight] = useState<[number, number]>([0, 0]);
  const onSight = useCallback((first: number, last: number) => {
    const pages: [number, number] = [Math.floor(first / PAGE), Math.floor(last / PAGE)];
    setSight((old) => (old[0] === pages[0] && old[1] === pages[1] ? old : pages));
  }, []);
  const begin = useQuery({
    queryKey: [...key, 0],
    queryFn: async () => read(0, PAGE),
    placeholderData: (old) => old,
  });
  const first = Math.max(1, sight[0]);
  const total = begin.data?.total ?? 0;
  const last = Math.min(sight[1], Math.floor(Math.max(0, total - 1) / PAGE));
  const more = useQueries({
    queries: Array.from({ length: Math.max(0, last - first + 1) }, (_p, i) => ({
      queryKey: [...key, first + i],
      queryFn: async () => read((first + i) * PAGE, PAGE),
      // Pages out of sight go soon: memory is bounded by what is looked at.
      gcTime: 1_000,
    })),
  });
  const row = (index: number): T | undefined => {
    const page = Math.floor(index / PAGE);
    const data = page === 0 ? begin.data : more[page - first]?.data;
    return data?.people[index % PAGE];
  };
  return {
    begin: begin.data,
    /** What is shown is still of what was asked before. */
    old: begin.isPlaceholderData,
    loading: begin.isPending,
    error: begin.error ?? more.find((page) => page.error)?.error,
    total,
    row,
    onSight,
  };
}

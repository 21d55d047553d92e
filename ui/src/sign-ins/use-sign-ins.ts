import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { host } from "../host";
import { beginOf, type Range } from "./ranges";

export const KINDS = ["sign_ins", "activations"] as const;
export type Kind = (typeof KINDS)[number];

export interface Asked {
  kind: Kind;
  range: Range;
  /** Empty: any. */
  outcome: string;
  search: string;
}

/** In place of an outcome: whatever did not end well. */
export const FAILED = "failed";
/** Outcomes of those whom nobody sent away. */
const WELL = ["ok", "found"];

const PAGE = 100;
const ASK = { sign_ins: host.signIns, activations: host.activations };

/** Sign-ins as they were at one moment, page by page, until they are asked for anew. */
export function useSignIns({ kind, range, outcome, search }: Asked) {
  const [at, setAt] = useState(() => Date.now());
  const pages = useInfiniteQuery({
    queryKey: ["sign-ins", kind, range, outcome, search, at],
    initialPageParam: undefined as number | undefined,
    queryFn: async ({ pageParam }) =>
      ASK[kind]({
        from_ms: beginOf(range, at),
        outcome: outcome && outcome !== FAILED ? outcome : null,
        failed: outcome === FAILED,
        search: search || null,
        before: pageParam ?? null,
        limit: PAGE,
      }),
    getNextPageParam: ({ rows }) => (rows.length === PAGE ? rows.at(-1)?.id : undefined),
    placeholderData: (old) => old,
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const counts = pages.data?.pages[0]?.counts ?? {};
  const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const failed = all - WELL.reduce((sum, one) => sum + (counts[one] ?? 0), 0);
  return {
    rows,
    counts,
    all,
    failed,
    /** So many match, the outcome included. */
    total: outcome === FAILED ? failed : outcome ? (counts[outcome] ?? 0) : all,
    at,
    pages,
    refresh: () => {
      setAt(Date.now());
    },
    /** Asks for the next page once its beginning is near. */
    seen: (_first: number, last: number) => {
      if (last >= rows.length - PAGE / 2 && pages.hasNextPage && !pages.isFetching)
        void pages.fetchNextPage();
    },
  };
}

import { useQuery } from "@tanstack/react-query";
import type { ApprovalKind, ApprovalList, ImportRun } from "../../generated";
import { host } from "../../host";

/** Imports to look through for the one that made a list. */
const LATELY = 100;

/** The import that made a list. */
export function useMaker(list: ApprovalList | undefined) {
  return useQuery({
    queryKey: ["list-maker", list?.mapping, list?.hash],
    enabled: list !== undefined,
    queryFn: async (): Promise<ImportRun | null> => {
      const runs = await host.imports({ mapping: list?.mapping, limit: LATELY });
      const made = ({ record }: ImportRun) =>
        record.kind === "full" && record.awaiting_approval.some(({ hash }) => hash === list?.hash);
      return runs.find(made) ?? null;
    },
  });
}

/** How many people of a list there are for each reason, the most frequent first. */
export function useReasons(
  mapping: string,
  kind: ApprovalKind,
  maker: ImportRun | null | undefined,
  hash: string,
) {
  return useQuery({
    queryKey: ["list-reasons", mapping, kind, hash, maker?.id],
    enabled: Boolean(maker),
    queryFn: async () => {
      const one = { refused: false, offset: 0, limit: 1 };
      const { groups } = await host.importPeople(maker?.id ?? 0, { ...one, change: "hold" });
      const kinds = groups.filter(({ change }) => change === "hold").map(({ reason_kind }) => reason_kind);
      const counted = await Promise.all(
        kinds.map(async (reason_kind) => {
          const { total } = await host.awaitingPeople(mapping, kind, { ...one, reason_kind });
          return { reason_kind, people: total };
        }),
      );
      return counted.filter(({ people }) => people > 0).sort((a, b) => b.people - a.people);
    },
  });
}

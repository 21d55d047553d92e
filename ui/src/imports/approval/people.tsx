import { useDeferredValue, useState } from "react";
import type { ApprovalKind, AwaitingPeople, ImportedPerson } from "../../generated";
import { host } from "../../host";
import type { Column } from "../../parts/grid/grid";
import { usePages } from "../../parts/grid/pages";
import { t } from "../../texts";
import { reason } from "../../texts/typed";
import { GroupList } from "../one-import/group-list";
import { whyOf } from "../one-import/groups";
import { Listed } from "../one-import/listed";
import { COLUMNS } from "../one-import/people";
import { useMaker, useReasons } from "./use-list";

const [who] = COLUMNS;
const SHOWN: Column<ImportedPerson>[] = [
  ...(who ? [who] : []),
  {
    id: "reason",
    head: t("imp-reason"),
    width: "minmax(0, 2fr)",
    cell: ({ needs: _needs, ...person }) => reason(person),
  },
];

interface Props {
  mapping: string;
  kind: ApprovalKind;
  /** Of the list that the status knows: another one is read anew. */
  hash: string;
}

/** The people of a list that waits, as its own record has them. */
export function useWaiting({ mapping, kind, hash }: Props, reason_kind?: string, search?: string) {
  return usePages<ImportedPerson, AwaitingPeople>(
    ["awaiting", mapping, kind, hash, reason_kind, search],
    async (offset, limit) =>
      host.awaitingPeople(mapping, kind, { reason_kind, search, refused: false, offset, limit }),
  );
}

/** Everybody on the list, by reason, with a search. */
export function ListPeople(props: Props) {
  const [search, setSearch] = useState("");
  const [reasonKind, setReasonKind] = useState<string>();
  const wanted = useDeferredValue(search.trim()) || undefined;
  const pages = useWaiting(props, reasonKind, wanted);
  const list = pages.begin?.list;
  const maker = useMaker(list).data;
  const reasons = useReasons(props.mapping, props.kind, maker, props.hash).data ?? [];
  const entry = (words: string, people: number, which: string | undefined) => ({
    id: which ?? "",
    words,
    people,
    pressed: reasonKind === which,
    part: which !== undefined,
    choose: () => {
      setReasonKind(which);
    },
  });
  const groups = (
    <GroupList
      label={t("appr-reasons")}
      entries={[
        entry(t("imp-everybody"), list?.people ?? 0, undefined),
        ...reasons.map(({ reason_kind, people }) => entry(whyOf(reason_kind), people, reason_kind)),
      ]}
    />
  );
  return (
    <Listed
      groups={groups}
      label={t("appr-people")}
      columns={SHOWN}
      pages={pages}
      search={search}
      onSearch={setSearch}
      nobody={t("appr-nobody-found")}
      above={460}
    />
  );
}

import { useDeferredValue, useState } from "react";
import type { ApprovalKind, AwaitingPeople, ImportedPerson } from "../../generated";
import { host } from "../../host";
import { ErrorBar } from "../../parts/error-bar";
import { type Column, Grid } from "../../parts/grid/grid";
import { usePages } from "../../parts/grid/pages";
import { Find } from "../find";
import { t } from "../../texts";
import { reason } from "../../texts/typed";
import { GroupList } from "../one-import/group-list";
import { whyOf } from "../one-import/groups";
import { OnePerson } from "../one-import/one";
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
  const [shown, setShown] = useState<ImportedPerson | null>(null);
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
  return (
    <div className="run-people">
      <GroupList
        label={t("appr-reasons")}
        entries={[
          entry(t("imp-everybody"), list?.people ?? 0, undefined),
          ...reasons.map(({ reason_kind, people }) => entry(whyOf(reason_kind), people, reason_kind)),
        ]}
      />
      <div className="column run-who">
        <Find value={search} total={pages.begin && pages.total} onChange={setSearch} />
        <ErrorBar error={pages.error} />
        {pages.begin && pages.total === 0 ? (
          <div className="nobody">{t("appr-nobody-found")}</div>
        ) : (
          <Grid
            label={t("appr-people")}
            columns={SHOWN}
            count={pages.total}
            row={pages.row}
            height={56}
            above={460}
            onSight={pages.onSight}
            onOpen={setShown}
          />
        )}
      </div>
      <OnePerson
        person={shown}
        onClose={() => {
          setShown(null);
        }}
      />
    </div>
  );
}

import type { Change, RunGroup } from "../../generated";
import { known, t } from "../../texts";
import { type Entry, GroupList } from "./group-list";

/** Whom of an import to show. */
export interface Chosen {
  change?: Change;
  reason_kind?: string;
  refused?: boolean;
}

/** What changes somebody before what leaves them as they are. */
const ORDER: Change[] = ["create", "adopt", "update", "reactivate", "preserve", "hold", "skip", "unchanged"];

export const whyOf = (reason_kind: string): string => {
  const key = `why-${reason_kind}`;
  return known(key) ? t(key) : reason_kind.replaceAll("_", " ");
};

interface Props {
  groups: RunGroup[];
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
}

/** What happened to how many, and for which reasons. Each of them shows exactly those. */
export function Groups({ groups, chosen, onChoose }: Props) {
  const sum = (some: RunGroup[]) => some.reduce((n, { people }) => n + people, 0);
  const entry = (words: string, people: number, what: Chosen): Entry => ({
    id: [what.change, what.reason_kind, what.refused].join(" "),
    words,
    people,
    pressed:
      chosen.change === what.change &&
      chosen.reason_kind === what.reason_kind &&
      Boolean(chosen.refused) === Boolean(what.refused),
    part: what.reason_kind !== undefined,
    choose: () => {
      onChoose(what);
    },
  });
  const refused = groups.reduce((n, group) => n + group.refused, 0);
  const byChange = ORDER.map((change) => ({
    change,
    some: groups.filter((group) => group.change === change).toSorted((a, b) => b.people - a.people),
  }));
  const entries = [
    entry(t("imp-everybody"), sum(groups), {}),
    ...(refused > 0 ? [entry(t("imp-refused"), refused, { refused: true })] : []),
    ...byChange
      .filter(({ some }) => some.length > 0)
      .flatMap(({ change, some }) => [
        entry(t(`import-did-${change}`), sum(some), { change }),
        ...some.map(({ reason_kind, people }) => entry(whyOf(reason_kind), people, { change, reason_kind })),
      ]),
  ];
  return (
    <div className="column tight">
      <GroupList label={t("imp-what")} entries={entries} />
      <p className="muted small">{t("imp-same")}</p>
    </div>
  );
}

import { useDeferredValue, useState } from "react";
import type { ImportedPerson, RunPeople } from "../../generated";
import { host } from "../../host";
import type { Column } from "../../parts/grid/grid";
import { usePages } from "../../parts/grid/pages";
import { addressOf, nameOf } from "../../parts/name";
import { t } from "../../texts";
import { Did, whyOne } from "./did";
import { Groups, type Chosen } from "./groups";
import { Listed } from "./listed";

export const COLUMNS: Column<ImportedPerson>[] = [
  {
    id: "who",
    head: t("imp-who"),
    width: "minmax(0, 2.6fr)",
    cell: (person) => (
      <span className="two-lines">
        <span title={person.dn}>{nameOf(person)}</span>
        <span className="muted small" title={addressOf(person)}>
          {addressOf(person)}
        </span>
      </span>
    ),
  },
  {
    id: "change",
    head: t("imp-change"),
    width: "minmax(0, 1.2fr)",
    cell: ({ change, refused }) => <Did change={change} refused={refused !== undefined} />,
  },
  {
    id: "why",
    head: t("imp-why"),
    width: "minmax(0, 3fr)",
    spare: true,
    cell: (person) => whyOne(person),
  },
];

interface Props {
  run: number;
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
}

/** Whom an import changed or left out, by what happened and why, with a search. */
export function RunPeopleView({ run, chosen, onChoose }: Props) {
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search.trim()) || undefined;
  const { refused = false, ...rest } = chosen;
  const pages = usePages<ImportedPerson, RunPeople>(
    ["run-people", run, rest.change, rest.reason_kind, refused, wanted],
    async (offset, limit) => host.importPeople(run, { ...rest, refused, search: wanted, offset, limit }),
  );
  const groups = pages.begin?.groups ?? [];
  if (pages.begin && groups.length === 0) return <p className="muted">{t("imp-nobody")}</p>;
  return (
    <Listed
      groups={<Groups groups={groups} chosen={chosen} onChoose={onChoose} />}
      label={t("imp-people")}
      columns={COLUMNS}
      pages={pages}
      search={search}
      onSearch={setSearch}
      nobody={t("imp-nobody-found")}
      above={320}
    />
  );
}

import { type ReactNode, useState } from "react";
import type { ImportedPerson } from "../../generated";
import { ErrorBar } from "../../parts/error-bar";
import { type Column, Grid } from "../../parts/grid/grid";
import type { Pages } from "../../parts/grid/pages";
import { Find } from "../find";
import { OnePerson } from "./one";

interface Props {
  /** Groups of them, one of which may be chosen. */
  groups: ReactNode;
  label: string;
  columns: Column<ImportedPerson>[];
  pages: Pages<ImportedPerson>;
  search: string;
  onSearch: (text: string) => void;
  /** What is said where nobody matches. */
  nobody: string;
  /** Pixels of the screen that are not the grid's. */
  above: number;
}

/** People of an import beside their groups, with a search; one of them opens. */
export function Listed({ groups, label, columns, pages, search, onSearch, nobody, above }: Props) {
  const [shown, setShown] = useState<ImportedPerson | null>(null);
  return (
    <div className="run-people">
      {groups}
      <div className="column run-who">
        <Find value={search} total={pages.begin && pages.total} onChange={onSearch} />
        <ErrorBar error={pages.error} />
        {pages.begin && pages.total === 0 ? (
          <div className="nobody">{nobody}</div>
        ) : (
          <Grid
            label={label}
            columns={columns}
            count={pages.total}
            row={pages.row}
            height={56}
            wraps
            above={above}
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

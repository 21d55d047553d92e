import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { t } from "../../texts";
import { stepFor } from "./step-for";

export interface Column<Row> {
  id: string;
  name: string;
  /** Its share of the width, as a track of a grid. */
  width: string;
  /** What it is called is heard, and not seen. */
  unseen?: boolean;
  /** Numbers stand at the end. */
  number?: boolean;
  cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  label: string;
  /** What Enter does, for whoever does not see it. */
  hint: string;
  columns: Column<Row>[];
  /** How many rows there are. */
  count: number;
  row: (index: number) => Row | undefined;
  /** Called with the last row in sight. */
  onSeen?: (last: number) => void;
  onOpen?: (row: Row) => void;
  ref?: Ref<{ focus: () => void }>;
}

const HEIGHT = 56;

/**
 * A table of any length of which only the rows in sight exist. It is one stop for the keyboard: the arrows choose a row and
 * Enter opens it, so that the choice outlives the rows that are scrolled away.
 */
export function Grid<Row>({ label, hint, columns, count, row, onSeen, onOpen, ref }: Props<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const id = useId();
  const rows = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => HEIGHT,
    overscan: 8,
    scrollPaddingStart: 40,
    onChange: (instance) => {
      onSeen?.(instance.range?.endIndex ?? 0);
    },
  });
  useImperativeHandle(ref, () => ({
    focus: () => {
      box.current?.focus({ preventScroll: true });
    },
  }));
  const at = Math.min(active, count - 1);
  const open = (index: number) => {
    const one = row(index);
    if (!one || !onOpen) return;
    setActive(index);
    box.current?.focus({ preventScroll: true });
    onOpen(one);
  };
  const press = (e: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? HEIGHT) / HEIGHT) - 1);
    const next = stepFor(e.key, at, count, page);
    if (e.key === "Enter" || e.key === " ") open(at);
    else if (next === undefined) return;
    else {
      setActive(next);
      rows.scrollToIndex(next);
    }
    e.preventDefault();
  };
  const tracks = { gridTemplateColumns: columns.map((one) => one.width).join(" ") };
  const items = rows.getVirtualItems();
  const there = items.some((item) => item.index === at);
  return (
    <>
      <div
        ref={box}
        className="vgrid"
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-describedby={`${id}-hint`}
        aria-rowcount={count + 1}
        aria-activedescendant={there ? `${id}-${at}` : undefined}
        onKeyDown={press}
      >
        <div role="rowgroup" className="vgrid-head">
          <div role="row" aria-rowindex={1} className="vgrid-row" style={tracks}>
            {columns.map((one) => (
              <div key={one.id} role="columnheader" className={one.number ? "number" : undefined}>
                <span className={one.unseen ? "unseen" : undefined}>{one.name}</span>
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="vgrid-body" style={{ height: rows.getTotalSize() }}>
          {items.map((item) => {
            const one = row(item.index);
            return (
              // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the grid has the focus and answers the keys
              <div
                key={item.key}
                ref={rows.measureElement}
                data-index={item.index}
                id={`${id}-${item.index}`}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={item.index === at}
                className={item.index === at ? "vgrid-row active" : "vgrid-row"}
                style={{ ...tracks, transform: `translateY(${item.start}px)` }}
                onClick={() => {
                  open(item.index);
                }}
              >
                {columns.map((column) => (
                  <div
                    key={column.id}
                    role="gridcell"
                    data-name={column.name}
                    className={column.number ? "number" : undefined}
                  >
                    {one ? column.cell(one) : <span className="muted">{t("state-loading")}</span>}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      <span id={`${id}-hint`} hidden>
        {hint}
      </span>
    </>
  );
}

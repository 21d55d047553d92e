import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { t } from "../../texts";
import { useNarrow } from "./narrow";

export interface Column<T> {
  id: string;
  head: string;
  /** As in `grid-template-columns`. */
  width: string;
  number?: boolean;
  /** Left out where there is little room: what the row opens shows it. */
  spare?: boolean;
  cell: (row: T) => ReactNode;
}

interface Props<T> {
  label: string;
  columns: Column<T>[];
  /** How many rows there are, read or not. */
  count: number;
  /** A row, once it is read. */
  row: (index: number) => T | undefined;
  /** Pixels of a row. */
  height: number;
  /** Pixels of the screen that are not the grid's. */
  above: number;
  onSight: (first: number, last: number) => void;
  onOpen: (row: T) => void;
}

const tracks = <T,>(columns: Column<T>[]) => columns.map((column) => column.width).join(" ");

/** Where a key leads from a row. */
function next(key: string, at: number, page: number, last: number): number | undefined {
  const to: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: last,
  };
  const wanted = to[key];
  return wanted === undefined ? undefined : Math.max(0, Math.min(last, wanted));
}

/** Any number of rows, of which only those in sight exist. Arrow keys walk through them, Enter opens one. */
export function Grid<T>({ label, columns, count, row, height, above, onSight, onOpen }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const narrow = useNarrow();
  const [active, setActive] = useState(-1);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 8,
    scrollPaddingStart: height,
  });
  const items = rows.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => {
    onSight(first, last);
  }, [onSight, first, last]);
  const shown = columns.filter((column) => !narrow || !column.spare);
  const go = (to: number) => {
    setActive(to);
    rows.scrollToIndex(to);
  };
  const onKeyDown = (e: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / height) - 2);
    const to = next(e.key, active, page, count - 1);
    const here = row(active);
    if (to !== undefined) go(to);
    else if ((e.key === "Enter" || e.key === " ") && here) onOpen(here);
    else return;
    e.preventDefault();
  };
  return (
    <div
      ref={box}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-activedescendant={active >= first && active <= last ? `${id}-${active}` : undefined}
      tabIndex={0}
      className="rows"
      style={{ maxHeight: `max(280px, calc(100vh - ${above}px))` }}
      onKeyDown={onKeyDown}
      onFocus={(e) => {
        if (active < 0 && e.target === e.currentTarget) setActive(first);
      }}
    >
      <Head columns={shown} />
      <div role="rowgroup" style={{ height: rows.getTotalSize(), position: "relative" }}>
        {items.map(({ key, index, start }) => (
          <Line
            key={key}
            id={`${id}-${index}`}
            index={index}
            top={start}
            height={height}
            active={index === active}
            columns={shown}
            row={row(index)}
            onOpen={(here) => {
              setActive(index);
              onOpen(here);
            }}
          />
        ))}
      </div>
    </div>
  );
}

interface LineProps<T> {
  id: string;
  index: number;
  /** Pixels from the first row. */
  top: number;
  height: number;
  active: boolean;
  columns: Column<T>[];
  row: T | undefined;
  onOpen: (row: T) => void;
}

function Line<T>({ id, index, top, height, active, columns, row, onOpen }: LineProps<T>) {
  return (
    // eslint-disable-next-line jsx-a11y/interactive-supports-focus, jsx-a11y/click-events-have-key-events -- the grid has the focus, and its keys open a row
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      className={active ? "rows-line active" : "rows-line"}
      style={{ gridTemplateColumns: tracks(columns), height, transform: `translateY(${top}px)` }}
      onClick={() => {
        if (row) onOpen(row);
      }}
    >
      {row ? (
        columns.map((column) => <Cell key={column.id} column={column} row={row} />)
      ) : (
        <span role="gridcell" className="muted" aria-label={t("state-loading")}>
          …
        </span>
      )}
    </div>
  );
}

function Head<T>({ columns }: { columns: Column<T>[] }) {
  return (
    <div role="rowgroup" className="rows-head">
      <div
        role="row"
        aria-rowindex={1}
        className="rows-line"
        style={{ gridTemplateColumns: tracks(columns) }}
      >
        {columns.map((column) => (
          <span key={column.id} role="columnheader" className={column.number ? "number" : undefined}>
            {column.head}
          </span>
        ))}
      </div>
    </div>
  );
}

function Cell<T>({ column, row }: { column: Column<T>; row: T }) {
  const content = column.cell(row);
  return (
    <span
      role="gridcell"
      className={column.number ? "number" : undefined}
      title={typeof content === "string" ? content : undefined}
    >
      {content}
    </span>
  );
}

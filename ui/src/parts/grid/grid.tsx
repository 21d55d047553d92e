import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { t } from "../../texts";
import { useNarrow } from "./narrow";
import { stepFor } from "./step-for";

export interface Column<T> {
  id: string;
  head: string;
  /** What it is called is heard, and not seen. */
  unseen?: boolean;
  /** As in `grid-template-columns`. */
  width: string;
  number?: boolean;
  /** Left out where there is little room: what the row opens shows it. */
  spare?: boolean;
  cell: (row: T) => ReactNode;
}

interface Props<T> {
  label: string;
  /** What Enter does, for whoever does not see it. */
  hint?: string;
  columns: Column<T>[];
  /** How many rows there are, read or not. */
  count: number;
  /** A row, once it is read. */
  row: (index: number) => T | undefined;
  /** Pixels of a row; the least, where it wraps. */
  height: number;
  /** Whether long texts are shown whole, and rows are as high as they need. */
  wraps?: boolean;
  /** Pixels of the screen that are not the grid's. */
  above: number;
  onSight: (first: number, last: number) => void;
  onOpen: (row: T) => void;
}

/** Pixels of the head, under which no row may hide. */
const HEAD = 40;

const tracks = <T,>(columns: Column<T>[]) => columns.map((column) => column.width).join(" ");

/** Any number of rows, of which only those in sight exist. Arrow keys walk through them, Enter opens one. */
export function Grid<T>(props: Props<T>) {
  const { label, hint, columns, count, row, height, wraps = false, above, onSight, onOpen } = props;
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const narrow = useNarrow();
  const [active, setActive] = useState(-1);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 8,
    scrollPaddingStart: HEAD,
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
    const to = stepFor(e.key, active, count, page);
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
      aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      aria-rowcount={count + 1}
      aria-activedescendant={active >= first && active <= last ? `${id}-${active}` : undefined}
      tabIndex={0}
      className={wraps ? "rows wraps" : "rows"}
      style={{ maxHeight: `max(280px, calc(100vh - ${above}px))` }}
      onKeyDown={onKeyDown}
      onFocus={(e) => {
        if (active < 0 && e.target === e.currentTarget) setActive(first);
      }}
    >
      {hint !== undefined && (
        <span id={`${id}-hint`} hidden>
          {hint}
        </span>
      )}
      <Head columns={shown} />
      <div role="rowgroup" style={{ height: rows.getTotalSize(), position: "relative" }}>
        {items.map(({ key, index, start }) => (
          <Line
            key={key}
            id={`${id}-${index}`}
            index={index}
            top={start}
            height={height}
            measure={wraps ? rows.measureElement : undefined}
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
  /** Finds out how high a row is that wraps. */
  measure: ((row: HTMLElement | null) => void) | undefined;
  active: boolean;
  columns: Column<T>[];
  row: T | undefined;
  onOpen: (row: T) => void;
}

function Line<T>({ id, index, top, height, measure, active, columns, row, onOpen }: LineProps<T>) {
  return (
    // eslint-disable-next-line jsx-a11y/interactive-supports-focus, jsx-a11y/click-events-have-key-events -- the grid has the focus, and its keys open a row
    <div
      ref={measure}
      data-index={index}
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={active}
      className={active ? "rows-line active" : "rows-line"}
      style={{
        gridTemplateColumns: tracks(columns),
        [measure ? "minHeight" : "height"]: height,
        transform: `translateY(${top}px)`,
      }}
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
            <span className={column.unseen ? "unseen" : undefined}>{column.head}</span>
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
      data-column={column.id}
      className={column.number ? "number" : undefined}
      title={typeof content === "string" ? content : undefined}
    >
      {content}
    </span>
  );
}

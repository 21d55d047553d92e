import { type KeyboardEvent, useId, useState } from "react";
import { count, t } from "../../texts";
import { stepFor } from "../grid/step-for";
import { heightsOf, niceTop } from "./scale";
import type { Column, Series } from "./types";
import { useWidth } from "./use-width";

const [HEIGHT, BELOW] = [168, 24];
/** So much room a figure takes beside the chart. */
const FIGURE = 7.5;
/** A name below the chart takes so much room. */
const NAME = 72;

interface Props {
  label: string;
  series: Series[];
  columns: Column[];
  /** The column that is looked at; none while the keyboard and the pointer are elsewhere. */
  onLook: (index: number | null) => void;
}

/** What is said of a column. */
export const wordsOf = (series: Series[], { name, values }: Column): string =>
  t("chart-column", {
    name,
    counts: series.map((one) => `${one.name} ${count(values[one.id] ?? 0)}`).join(", "),
  });

/** Piled bars. The chart is one stop of the keyboard, the arrows lead from column to column. */
export function Bars({ label, series, columns, onLook }: Props) {
  const [box, width] = useWidth<HTMLDivElement>();
  const keys = useId();
  const [at, setAt] = useState(columns.length - 1);
  const sums = columns.map(({ values }) => series.reduce((sum, one) => sum + (values[one.id] ?? 0), 0));
  const { top, step } = niceTop(Math.max(...sums));
  const left = 12 + FIGURE * count(top).length;
  const wide = Math.max(0, width - left) / columns.length;
  const press = (e: KeyboardEvent<SVGSVGElement>) => {
    const forward = { ArrowRight: "ArrowDown", ArrowLeft: "ArrowUp" }[e.key] ?? e.key;
    const next = stepFor(forward, at, columns.length, 7);
    if (next === undefined) return;
    e.preventDefault();
    setAt(next);
    e.currentTarget.querySelectorAll<SVGGElement>("g[role=img]")[next]?.focus();
  };
  const lines = Array.from({ length: Math.floor(top / step) + 1 }, (_l, i) => i * step);
  return (
    <div ref={box} className="chart-box">
      <svg
        width={width}
        height={HEIGHT + BELOW}
        role="group"
        aria-label={label}
        aria-describedby={keys}
        onKeyDown={press}
        onPointerLeave={() => {
          onLook(null);
        }}
      >
        {lines.map((value) => {
          const y = HEIGHT - (value / top) * (HEIGHT - 12);
          return (
            <g key={value} aria-hidden>
              <line className="chart-line" x1={left} x2={width} y1={y} y2={y} />
              <text className="chart-text" x={left - 8} y={y + 4} textAnchor="end">
                {count(value)}
              </text>
            </g>
          );
        })}
        {columns.map((column, i) => (
          <Bar
            key={column.at}
            {...{ column, series, top, wide }}
            x={left + i * wide}
            stop={i === at}
            last={i === columns.length - 1}
            named={(columns.length - 1 - i) % Math.max(1, Math.ceil(NAME / Math.max(1, wide))) === 0}
            onLook={(here) => {
              if (here === "focus") setAt(i);
              onLook(here === "left" ? null : i);
            }}
          />
        ))}
      </svg>
      <span id={keys} hidden>
        {t("chart-keys")}
      </span>
    </div>
  );
}

interface BarProps {
  column: Column;
  series: Series[];
  top: number;
  wide: number;
  x: number;
  /** Whether Tab leads here. */
  stop: boolean;
  /** Whether its name stands below it. */
  named: boolean;
  /** Its name ends with the chart. */
  last: boolean;
  onLook: (how: "focus" | "pointer" | "left") => void;
}

function Bar({ column, series, top, wide, x, stop, named, last, onLook }: BarProps) {
  const heights = heightsOf(
    series.map((one) => column.values[one.id] ?? 0),
    top,
    HEIGHT - 12,
  );
  const bar = Math.min(28, Math.max(3, wide * 0.64));
  const left = x + (wide - bar) / 2;
  const tops = heights.map((_h, i) => HEIGHT - heights.slice(0, i + 1).reduce((a, b) => a + b, 0));
  return (
    <g
      role="img"
      aria-label={wordsOf(series, column)}
      tabIndex={stop ? 0 : -1}
      className="chart-column"
      onFocus={() => {
        onLook("focus");
      }}
      onBlur={() => {
        onLook("left");
      }}
      onPointerEnter={() => {
        onLook("pointer");
      }}
    >
      <rect className="chart-place" x={x} y={0} width={wide} height={HEIGHT} rx={2} />
      {series.map((one, i) => (
        <rect
          key={one.id}
          className={`look-${one.look}`}
          x={left}
          y={tops[i]}
          width={bar}
          height={heights[i]}
        />
      ))}
      {named && (
        <text
          className="chart-text"
          x={last ? x + wide : x + wide / 2}
          y={HEIGHT + 18}
          textAnchor={last ? "end" : "middle"}
          aria-hidden
        >
          {column.short}
        </text>
      )}
    </g>
  );
}

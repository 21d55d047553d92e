import { useQueries } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import type { Change } from "../generated";
import { host } from "../host";
import { addressOf, nameOf } from "../parts/name";
import { ErrorBar } from "../parts/error-bar";
import { t } from "../texts";
import { reason } from "../texts/typed";

const PAGE = 100;

interface Props {
  id: string;
  total: number;
  change?: Change;
  /** Hash of a list that waits for an approval. */
  list?: string;
  search?: string;
}

/** Any number of people: only the rows in sight exist, and only their pages are asked for. */
export function Rows({ id, total, change, list, search }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => 56,
    overscan: 8,
  });
  const items = rows.getVirtualItems();
  const first = Math.floor((items[0]?.index ?? 0) / PAGE);
  const last = Math.floor((items.at(-1)?.index ?? 0) / PAGE);
  const pages = useQueries({
    queries: Array.from({ length: last - first + 1 }, (_p, i) => ({
      queryKey: ["rows", id, change, list, search, first + i],
      // Pages out of sight go soon: memory is bounded by what is looked at.
      gcTime: 1_000,
      queryFn: async () =>
        host.previewRows(id, { offset: (first + i) * PAGE, limit: PAGE, change, list, search }),
    })),
  });
  return (
    <>
      <ErrorBar error={pages.find((p) => p.error)?.error} />
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region is scrolled by keyboard */}
      <div className="list" ref={box} tabIndex={0} role="region" aria-label={t("pre-people")}>
        <div style={{ height: rows.getTotalSize(), position: "relative" }}>
          {items.map((item) => {
            const person = pages[Math.floor(item.index / PAGE) - first]?.data?.rows[item.index % PAGE];
            return (
              <div
                key={item.key}
                className="line"
                style={{
                  position: "absolute",
                  insetInline: 0,
                  top: 0,
                  height: 55,
                  transform: `translateY(${item.start}px)`,
                }}
              >
                {person ? (
                  <>
                    <span>{t(`change-${person.change}`)}</span>
                    <span title={person.dn}>
                      {nameOf(person)}
                      <br />
                      <span className="muted">{addressOf(person)}</span>
                    </span>
                    <span className="muted reason">{reason(person)}</span>
                  </>
                ) : (
                  <span className="muted">…</span>
                )}
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}

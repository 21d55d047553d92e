import { expect, test } from "vitest";
import { importColumns, signInColumns } from "./days";

const none = { imports: 0, added: 0, updated: 0, deactivated: 0, skipped: 0, refused: 0 };

test("a chart has every day, also those without an import", () => {
  const now = new Date(2026, 10, 23, 8, 30).getTime();
  const first = new Date(2026, 9, 25).getTime();
  const days = [{ ...none, at_ms: new Date(2026, 10, 20).getTime(), imports: 2, added: 7 }];
  const columns = importColumns(days, now, 30);
  expect([columns.length, columns[0]?.at]).toEqual([30, first]);
  expect(columns.map(({ values }) => values.added).filter(Boolean)).toEqual([7]);
  expect(columns.at(-4)?.values.added).toBe(7);
});

test("whoever could not sign in is counted once, by the reason", () => {
  const now = Date.UTC(2026, 10, 23, 8, 30);
  const by_outcome = { ok: 5, wrong_password: 2, locked: 1, throttled: 1, disabled: 3 };
  const hour = { at_ms: Date.UTC(2026, 10, 23, 8), ok: 5, failed: 7, by_outcome, p95_ms: 12 };
  const columns = signInColumns([hour], now);
  expect(new Set(columns.map(({ name }) => name)).size).toBe(25);
  expect([columns.length, columns[0]?.at]).toEqual([25, Date.UTC(2026, 10, 22, 8)]);
  expect(columns.at(-1)?.values).toEqual({ ok: 5, wrong: 2, held: 2, other: 3 });
  expect(columns[0]?.values).toEqual({ ok: 0, wrong: 0, held: 0, other: 0 });
});

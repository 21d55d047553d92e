import type { Host } from "./contract";
import { asFailure } from "./failure";

export interface Case {
  name: string;
  run: (host: Host) => Promise<void>;
}

/** A value as text, whatever order its fields came in. */
function text(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

export function same(found: unknown, wanted: unknown, what: string): void {
  if (text(found) !== text(wanted)) throw new Error(`${what}: ${text(found)} instead of ${text(wanted)}`);
}

export function holds(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

/** The call must fail with a whole error: code, message, action, and the field where one is wrong. */
export async function refused(call: Promise<unknown>, code: string | null, field?: string): Promise<void> {
  try {
    await call;
  } catch (caught) {
    const failure = asFailure(caught);
    holds(
      failure.message !== "" && failure.action !== "",
      `an error without words: ${JSON.stringify(failure)}`,
    );
    if (code) same(failure.code, code, "the error's code");
    same(failure.field, field, `the field of ${failure.code}`);
    return;
  }
  throw new Error(`not refused: ${code ?? field}`);
}

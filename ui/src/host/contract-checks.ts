import type { Host } from "./contract";
import { asFailure } from "./failure";

export interface Case {
  name: string;
  run: (host: Host) => Promise<void>;
}

export function same(found: unknown, wanted: unknown, what: string): void {
  if (JSON.stringify(found) !== JSON.stringify(wanted))
    throw new Error(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
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

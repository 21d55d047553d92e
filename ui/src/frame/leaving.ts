import { useEffect } from "react";

/** Forms with edits that are not saved yet. */
const edited = new Set<symbol>();
const listeners = new Set<() => void>();
let wanted: (() => void) | null = null;

function change(next: (() => void) | null): void {
  wanted = next;
  listeners.forEach((listener) => {
    listener();
  });
}

/** Going elsewhere, which asks first where edits would be lost. */
export const leaving = {
  /** Goes at once, or once somebody has said that the edits may be lost. */
  to(go: () => void): void {
    if (edited.size === 0) go();
    else change(go);
  },
  leave(): void {
    const go = wanted;
    edited.clear();
    change(null);
    go?.();
  },
  stay(): void {
    change(null);
  },
  pending: (): boolean => wanted !== null,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};

/** Says that this form has edits that would be lost. */
export function useUnsaved(is: boolean): void {
  useEffect(() => {
    if (!is) return undefined;
    const mark = Symbol("edits");
    edited.add(mark);
    return () => {
      edited.delete(mark);
    };
  }, [is]);
}

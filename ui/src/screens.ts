import { useSyncExternalStore } from "react";

export const SCREENS = [
  "overview",
  "setup",
  "mappings",
  "accounts",
  "activity",
  "diagnostics",
  "settings",
] as const;
export type Screen = (typeof SCREENS)[number];

function current(): Screen | undefined {
  const name = location.hash.slice(1);
  return SCREENS.find((s) => s === name);
}

function subscribe(changed: () => void): () => void {
  addEventListener("hashchange", changed);
  return () => {
    removeEventListener("hashchange", changed);
  };
}

/** The screen that the address names, else the first one to show. */
export function useScreen(first: Screen): Screen {
  return useSyncExternalStore(subscribe, current) ?? first;
}
export function open(screen: Screen): void {
  location.hash = screen;
}

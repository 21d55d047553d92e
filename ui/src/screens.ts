import { useSyncExternalStore } from "react";
import { leaving } from "./frame/leaving";

/** What the navigation leads to: the daily work first, what is seldom needed below the line. */
export const PLACES = {
  daily: ["overview", "activity", "sign_ins", "mappings", "accounts"],
  seldom: ["diagnostics", "settings", "help"],
} as const;
export type Place = (typeof PLACES)["daily" | "seldom"][number];
export type Screen = Place | "setup";

export const SCREENS: readonly Screen[] = [...PLACES.daily, ...PLACES.seldom, "setup"];

function current(): Screen | undefined {
  const [name] = location.hash.slice(1).split("/");
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

const part = () => decodeURIComponent(location.hash.split("/")[1] ?? "");

/** What of the screen the address names, such as a mapping whose preview is wanted; else an empty text. */
export function usePart(): string {
  return useSyncExternalStore(subscribe, part);
}

/** Shows a screen; asks first where edits would be lost. */
export function open(screen: Screen, what?: string): void {
  leaving.to(() => {
    location.hash = what === undefined ? screen : `${screen}/${encodeURIComponent(what)}`;
  });
}

import { useSyncExternalStore } from "react";
import { leaving } from "./frame/leaving";

/** What the navigation leads to: the daily work first, what is seldom needed below the line. */
export const PLACES = {
  daily: ["overview", "people", "imports", "sign_ins", "mappings", "accounts"],
  seldom: ["activity", "diagnostics", "settings", "help"],
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

const rest = () => location.hash.split("/").slice(1).join("/");

/** What of the screen the address names, part by part, such as an import and what of it; at least one, maybe empty. */
export function useParts(): [string, ...string[]] {
  const [first = "", ...more] = useSyncExternalStore(subscribe, rest).split("/").map(decodeURIComponent);
  return [first, ...more];
}

/** The first of them, such as a mapping whose preview is wanted; else an empty text. */
export function usePart(): string {
  return useParts()[0];
}

/** The address of a part of a screen. */
export function addressOf(screen: Screen, ...what: (string | undefined)[]): string {
  return [screen, ...what.map((part) => encodeURIComponent(part ?? ""))].join("/").replace(/\/+$/, "");
}

/** Shows a screen; asks first where edits would be lost. */
export function open(screen: Screen, ...what: (string | undefined)[]): void {
  leaving.to(() => {
    location.hash = addressOf(screen, ...what);
  });
}

import { de } from "./de";
import { en, type TextKey } from "./en";

export type { TextKey } from "./en";
export const language = (
  new URLSearchParams(globalThis.location?.search ?? "").get("lang") ??
  globalThis.navigator?.language ??
  "en"
).startsWith("de")
  ? "de"
  : "en";
const catalogue = language === "de" ? de : en;

/** The text of a key, with its {names} filled in. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  return catalogue[key].replace(/\{(\w+)\}/g, (_all, name: string) => {
    const v = values[name];
    return typeof v === "number" ? count(v) : (v ?? "");
  });
}

export function count(n: number): string {
  return new Intl.NumberFormat(language).format(n);
}
export function when(ms: number): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(ms);
}
export function day(ms: number): string {
  return Number.isNaN(ms) ? "–" : new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(ms);
}

import { find, has, type Language, type TextId, type Values } from "./catalogue";

export type { TextId } from "./catalogue";
export const language: Language = (
  new URLSearchParams(globalThis.location?.search ?? "").get("lang") ??
  globalThis.navigator?.language ??
  "en"
).startsWith("de")
  ? "de"
  : "en";

/** The text of that id, with its values filled in. */
export function t(id: TextId, values: Values = {}): string {
  return find(language, id, values) ?? id;
}

/** Whether a name that comes from elsewhere, such as an outcome of a later version, has a text. */
export function known(id: string): id is TextId {
  return has(language, id);
}

export function count(n: number): string {
  return new Intl.NumberFormat(language).format(n);
}
/** The same where there is room for three signs: 12K. */
export function brief(n: number): string {
  return new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 0 }).format(n);
}
export function when(ms: number): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(ms);
}
export function day(ms: number): string {
  return Number.isNaN(ms) ? "–" : new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(ms);
}

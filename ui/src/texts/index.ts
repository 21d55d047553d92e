import { find, has, type Language, type TextId, type Values } from "./catalogue";

export type { TextId } from "./catalogue";
export const language: Language = (
  new URLSearchParams(globalThis.location?.search ?? "").get("lang") ??
  globalThis.navigator?.language ??
  "en"
).startsWith("de")
  ? "de"
  : "en";

/**
 * The language of the window as it is written in the reader's region, which decides how dates and numbers look: en-GB puts
 * the day first. The region is that of the first language which has one: whoever lives in France and reads English has
 * English words and no American dates.
 */
export function regionOf(wanted: Language, languages: readonly string[]): string {
  const own = languages.find((tag) => tag.startsWith(`${wanted}-`));
  const first = languages.map(localeOf).find((locale) => locale?.region);
  if (own && (!first || first.language === wanted)) return own;
  return first?.region ? `${wanted}-${first.region}` : wanted;
}

/** Nothing where the system names no language, as the locale `C`. */
function localeOf(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}
const region = regionOf(language, globalThis.navigator?.languages ?? []);

/** The text of that id, with its values filled in. */
export function t(id: TextId, values: Values = {}): string {
  return find(language, id, values) ?? id;
}

/** Whether a name that comes from elsewhere, such as an outcome of a later version, has a text. */
export function known(id: string): id is TextId {
  return has(language, id);
}

export function count(n: number): string {
  return new Intl.NumberFormat(region).format(n);
}
export function when(ms: number): string {
  return new Intl.DateTimeFormat(region, { dateStyle: "medium", timeStyle: "short" }).format(ms);
}
/** The same to the second: sign-ins come close together. */
export function toTheSecond(ms: number): string {
  return new Intl.DateTimeFormat(region, { dateStyle: "medium", timeStyle: "medium" }).format(ms);
}
export function day(ms: number): string {
  return Number.isNaN(ms) ? "–" : new Intl.DateTimeFormat(region, { dateStyle: "medium" }).format(ms);
}
/** A day as it is named in a list of days. */
export function weekdayOf(ms: number): string {
  return new Intl.DateTimeFormat(region, { weekday: "long", day: "numeric", month: "long" }).format(ms);
}
/** A day where there is little room. */
export function dayAndMonth(ms: number): string {
  return new Intl.DateTimeFormat(region, { day: "numeric", month: "short" }).format(ms);
}
/** A time of day, or from one to another. */
export function timeOf(ms: number, until?: number): string {
  const format = new Intl.DateTimeFormat(region, { timeStyle: "short" });
  return until === undefined ? format.format(ms) : format.formatRange(ms, until);
}

/** An hour, with its day where that is not the day of `now`: in 25 hours each has a name of its own. */
export function hourOf(ms: number, until: number, now: number): string {
  if (new Date(ms).toDateString() === new Date(now).toDateString()) return timeOf(ms, until);
  const format = new Intl.DateTimeFormat(region, { weekday: "short", hour: "numeric", minute: "2-digit" });
  return format.formatRange(ms, until);
}

const unit = (n: number, name: "second" | "minute" | "hour", maximumFractionDigits = 0) =>
  new Intl.NumberFormat(region, {
    style: "unit",
    unit: name,
    unitDisplay: "short",
    maximumFractionDigits,
  }).format(n);

/** How long something took, in the two units that matter. */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return unit(seconds, "second", 1);
  const whole = Math.round(seconds);
  if (whole < 60) return unit(whole, "second");
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${unit(minutes, "minute")} ${unit(whole % 60, "second")}`;
  return `${unit(Math.floor(minutes / 60), "hour")} ${unit(minutes % 60, "minute")}`;
}

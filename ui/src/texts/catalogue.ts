import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import type { TextId } from "../generated";

export type { TextId } from "../generated";
export type Language = "en" | "de";
export type Values = Record<string, unknown>;

/** The command line's and the tray's own files: one catalogue, two readers. */
const files = import.meta.glob<string>(
  ["../../../src-tauri/crates/texts/*/*.ftl", "!**/command_line*.ftl", "!**/tray.ftl"],
  {
    query: "?raw",
    import: "default",
    eager: true,
  },
);

function load(language: Language): FluentBundle {
  const bundle = new FluentBundle(language, { useIsolating: false });
  for (const [path, text] of Object.entries(files))
    if (path.includes(`/${language}/`)) bundle.addResource(new FluentResource(text));
  return bundle;
}

const bundles = { en: load("en"), de: load("de") };

export function has(language: Language, id: string): id is TextId {
  return bundles[language].hasMessage(id);
}

/** A message, or an attribute of it, with its values filled in; `undefined` where there is no such message. */
export function find(
  language: Language,
  id: string,
  values: Values = {},
  attribute?: string,
): string | undefined {
  const message = bundles[language].getMessage(id);
  const pattern = attribute ? message?.attributes[attribute] : message?.value;
  if (!pattern) return undefined;
  const errors: Error[] = [];
  const filled = Object.entries(values).map(([name, value]) => [name, variable(language, name, value)]);
  const text = bundles[language].formatPattern(
    pattern,
    Object.fromEntries(filled) as Record<string, FluentVariable>,
    errors,
  );
  for (const error of errors) console.error(`text ${id}: ${error.message}`);
  return text;
}

/** What is filled in, as the program itself does it: numbers as numbers, an error as its message, a list by its members. */
function variable(language: Language, name: string, value: unknown): FluentVariable {
  if (typeof value === "number" || typeof value === "string") return value;
  if (Array.isArray(value)) return list(language, name, value.map(String));
  if (value === null || value === undefined) return "";
  if (typeof value === "object") {
    const { code, message } = value as { code?: string; message?: string };
    if (code !== undefined && message !== undefined) return find(language, `failure-${code}`) ?? message;
    return JSON.stringify(value);
  }
  return String(value as boolean);
}

/** Lists of which every member counts, and what stands between them: in a DN there are commas. */
const ALL_OF: Record<string, string> = { addresses: ", ", servers: ", ", bases: "; " };

function list(language: Language, name: string, all: string[]): string {
  if (name === "fields") return all.map((field) => find(language, `field-${field}`) ?? field).join(", ");
  const between = ALL_OF[name];
  if (between) return all.join(between);
  const [last, ...rest] = all.toReversed();
  if (rest.length === 0) return last ?? "";
  return find(language, "list-or", { first: rest.toReversed().join(", "), last }) ?? all.join(", ");
}

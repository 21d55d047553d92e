import type { Check, Headline, PlannedPerson, Reason } from "../generated";
import { find, type Language } from "./catalogue";
import { failureIn, type Words } from "./failures";
import { t, when } from "./index";

/** What matters most now, as a sentence. */
export function headline(now: Headline): string {
  if (now.kind === "asked_to_wait") {
    return t("headline-asked_to_wait", { ...now.values, until_ms: when(now.values.until_ms) });
  }
  return t(`headline-${now.kind}`, "values" in now ? now.values : {});
}

/** Why, from its kind and values. */
export function reasonText(why: Reason): string {
  return t(`reason-${why.reason_kind}`, "values" in why ? why.values : {});
}

/** Why something happens to a person, and what it waits for. */
export function reason(person: PlannedPerson): string {
  const why = reasonText(person);
  const needs = person.needs && `${t(`list-${person.needs.kind}`)}.`;
  const refused = person.refused && t("refused-before", { error: person.refused });
  return [why, needs, refused].filter(Boolean).join(" ");
}

/** What a step of a check found, why it was not tried, or why it failed, and what to do about it. */
export function checkIn(language: Language, { code, found, message, action }: Check): Words {
  if (!found) return failureIn(language, { code: code ?? "internal", message, action });
  const id = `found-${found.kind}` as const;
  const values = "values" in found ? found.values : {};
  return {
    message: find(language, id, values) ?? id,
    action: find(language, id, values, "action") ?? "",
    original: null,
  };
}

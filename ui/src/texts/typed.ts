import type { Headline, PlannedPerson } from "../generated";
import { t, when } from "./index";

/** What matters most now, as a sentence. */
export function headline(now: Headline): string {
  if (now.kind === "asked_to_wait") {
    return t("headline-asked_to_wait", { ...now.values, until_ms: when(now.values.until_ms) });
  }
  return t(`headline-${now.kind}`, "values" in now ? now.values : {});
}

/** Why something happens to a person, and what it waits for. */
export function reason(person: PlannedPerson): string {
  const why = t(`reason-${person.reason_kind}`, "values" in person ? person.values : {});
  const needs = person.needs && `${t(`list-${person.needs.kind}`)}.`;
  const refused = person.refused && t("refused-before", { error: person.refused });
  return [why, needs, refused].filter(Boolean).join(" ");
}

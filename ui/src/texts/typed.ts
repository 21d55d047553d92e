import type { Headline, PlannedPerson } from "../generated";
import { t } from "./index";

/** What matters most now, as a sentence. */
export function headline(now: Headline): string {
  return t(`headline-${now.kind}`, "values" in now ? now.values : {});
}

/** Why something happens to a person, and what it waits for. */
export function reason(person: PlannedPerson): string {
  const why = t(`reason-${person.reason_kind}`, "values" in person ? person.values : {});
  return person.needs ? `${why} ${t("needs-approval", { ...person.needs })}` : why;
}

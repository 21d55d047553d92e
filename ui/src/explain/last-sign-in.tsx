import type { ExplainedPerson } from "../generated";
import { Outcome, whyOf } from "../sign-ins/outcome";
import { t, when } from "../texts";
import { Part } from "./part";

/** The last sign-in where it failed: why somebody cannot sign in is then seen beside why they are imported. */
export function LastSignIn({ person }: { person: ExplainedPerson }) {
  const [last] = person.sign_ins;
  if (!last || last.outcome === "ok") return null;
  return (
    <Part title={t("explain-last-sign-in")}>
      <Outcome outcome={last.outcome} />
      <p>{whyOf("sign_ins", last.outcome, last.code)}</p>
      <span className="muted small">{when(last.at_ms)}</span>
    </Part>
  );
}

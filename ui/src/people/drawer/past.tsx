import { Link } from "@fluentui/react-components";
import type { ExplainedPerson } from "../../generated";
import { Did, whyOne } from "../../imports/one-import/did";
import { Values } from "../../imports/one-import/one";
import { open } from "../../screens";
import { Outcome, whyOf } from "../../sign-ins/outcome";
import { duration, t, when } from "../../texts";

/** What imports did to somebody, the newest first, with before and after. */
export function History({ person }: { person: ExplainedPerson }) {
  if (person.imports.length === 0) return <p className="muted">{t("explain-no-imports")}</p>;
  return (
    <ul className="plain">
      {person.imports.map(({ run, at_ms, mapping, person: did }) => (
        <li key={run} className="who-import">
          <div className="row spread">
            <Did change={did.change} refused={did.refused !== undefined} />
            <Link
              as="button"
              aria-label={`${t("who-show-import")}: ${when(at_ms)}`}
              onClick={() => {
                open("imports", String(run));
              }}
            >
              {when(at_ms)}
            </Link>
          </div>
          <span className="muted">
            {mapping}. {did.before ? "" : whyOne(did)}
          </span>
          {did.before && <Values person={did} />}
        </li>
      ))}
    </ul>
  );
}

/** The last sign-ins of somebody, the newest first. */
export function SignIns({ person }: { person: ExplainedPerson }) {
  if (person.sign_ins.length === 0) return <p className="muted">{t("explain-no-sign-ins")}</p>;
  return (
    <ul className="plain">
      {person.sign_ins.map(({ id, at_ms, outcome, code, ms }) => (
        <li key={id} className="past">
          <span className="muted">
            {when(at_ms)}
            {ms !== null && <span className="small"> · {duration(ms)}</span>}
          </span>
          <span>
            <Outcome outcome={outcome} />
            <span className="muted small">{whyOf("sign_ins", outcome, code)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

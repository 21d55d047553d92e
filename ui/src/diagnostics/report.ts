import type { About, Check } from "../generated";
import { nameOf } from "../parts/check-list";
import { language, t, when } from "../texts";
import { checkIn } from "../texts/typed";

export interface Ran {
  checks: Check[];
  at: number;
  ms: number;
}

function line(check: Check): string {
  const { message, action, original } = checkIn(language, check);
  const code = check.code ? ` (${check.code})` : "";
  const said = [message, action, original].filter(Boolean).join(" ");
  return `[${t(`state-${check.status}`)}] ${nameOf(check.check)} ${check.target}: ${said}${code}`;
}

/** All that was found, as text for a mail or a ticket. It has no secrets: no check has any. */
export function reportOf(about: About | undefined, places: Record<string, Check[]>, ran: Ran): string {
  const program = about
    ? [t("dia-version", { version: about.version }), `${t("dia-runs")}: ${t(`dia-runs-${about.engine}`)}`]
    : [];
  const parts = Object.entries(places)
    .filter(([, checks]) => checks.length > 0)
    .flatMap(([title, checks]) => ["", title, ...checks.map(line)]);
  return [...program, t("dia-took", { at: when(ran.at), n: ran.ms }), ...parts, ""].join("\n");
}

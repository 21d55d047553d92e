import { CheckmarkCircleFilled } from "@fluentui/react-icons/svg/checkmark-circle";
import { DismissCircleFilled } from "@fluentui/react-icons/svg/dismiss-circle";
import { SubtractCircleFilled } from "@fluentui/react-icons/svg/subtract-circle";
import type { Check } from "../generated";
import { known, language, t } from "../texts";
import { checkIn } from "../texts/typed";

const ICONS = { pass: CheckmarkCircleFilled, fail: DismissCircleFilled, skip: SubtractCircleFilled };
const COLOURS = {
  pass: "var(--colorPaletteGreenForeground1)",
  fail: "var(--colorPaletteRedForeground1)",
  skip: "var(--colorNeutralForeground3)",
};

/** The step in words. */
export function nameOf(check: string): string {
  const key = `check-${check}`;
  return known(key) ? t(key) : check;
}

export function CheckList({ checks }: { checks: Check[] }) {
  return (
    <ul className="checks" aria-live="polite">
      {checks.map((check) => {
        const Icon = ICONS[check.status];
        const words = checkIn(language, check);
        return (
          <li key={check.check + check.target}>
            <Icon
              fontSize={20}
              color={COLOURS[check.status]}
              role="img"
              aria-label={t(`state-${check.status}`)}
            />
            <span>
              <strong>{nameOf(check.check)}</strong> <span className="muted">{check.target}</span>
              {check.ms !== undefined && (
                <span className="muted small check-time">{t("over-ms", { n: check.ms })}</span>
              )}
              <br />
              <span>{words.message}</span>
              {words.action && <span className="muted"> {words.action}</span>}
              {words.original && (
                <details>
                  <summary>{t("act-details")}</summary>
                  <code>{check.code}</code> {words.original}
                </details>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

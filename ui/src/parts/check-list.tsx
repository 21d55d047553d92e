import { CheckmarkCircleFilled } from "@fluentui/react-icons/svg/checkmark-circle";
import { DismissCircleFilled } from "@fluentui/react-icons/svg/dismiss-circle";
import { SubtractCircleFilled } from "@fluentui/react-icons/svg/subtract-circle";
import type { Check } from "../generated";
import { t } from "../texts";

const ICONS = { pass: CheckmarkCircleFilled, fail: DismissCircleFilled, skip: SubtractCircleFilled };
const COLOURS = {
  pass: "var(--colorPaletteGreenForeground1)",
  fail: "var(--colorPaletteRedForeground1)",
  skip: "var(--colorNeutralForeground3)",
};

export function CheckList({ checks }: { checks: Check[] }) {
  return (
    <ul className="checks" aria-live="polite">
      {checks.map((check) => {
        const Icon = ICONS[check.status];
        return (
          <li key={check.check + check.target}>
            <Icon
              fontSize={20}
              color={COLOURS[check.status]}
              role="img"
              aria-label={t(`state.${check.status}`)}
            />
            <span>
              <strong>{check.target}</strong> <span>{check.message}</span>
              {check.action && <span className="muted"> {check.action}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

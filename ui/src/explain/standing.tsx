import { CheckmarkCircleRegular } from "@fluentui/react-icons/svg/checkmark-circle";
import { ClockRegular } from "@fluentui/react-icons/svg/clock";
import { DismissCircleRegular } from "@fluentui/react-icons/svg/dismiss-circle";
import { PauseCircleRegular } from "@fluentui/react-icons/svg/pause-circle";
import { SubtractCircleRegular } from "@fluentui/react-icons/svg/subtract-circle";
import type { ExplainedPerson } from "../generated";
import { t } from "../texts";
import { reasonText } from "../texts/typed";

const GOOD = "var(--colorStatusSuccessForeground1)";
const WARN = "var(--colorStatusWarningForeground3)";
const QUIET = "var(--colorNeutralForeground2)";
const LOOKS = {
  active: [CheckmarkCircleRegular, GOOD],
  inactive: [SubtractCircleRegular, QUIET],
  not_covered: [SubtractCircleRegular, QUIET],
  skipped: [DismissCircleRegular, WARN],
  refused: [DismissCircleRegular, "var(--colorStatusDangerForeground1)"],
  waiting: [PauseCircleRegular, WARN],
  not_yet: [ClockRegular, QUIET],
} as const;

/** How somebody stands, by shape and word, and in one sentence with its reason. */
export function StandingWords({ person, name }: { person: ExplainedPerson; name: string }) {
  const { standing, mapping, cloud, account, reason } = person;
  const [Icon, colour] = LOOKS[standing];
  return (
    <div className="standing">
      <span className="outcome">
        <Icon fontSize={16} color={colour} aria-hidden />
        <strong>{t(`explain-standing-${standing}`)}</strong>
      </span>
      <p>
        {t(`explain-${standing}`, {
          name,
          account,
          mapping: mapping ?? cloud?.mapping ?? "",
          reason: reason ? reasonText(reason) : "",
        })}
      </p>
      {person.refused && <p>{t("refused-before", { error: person.refused })}</p>}
      {!person.in_directory && <p>{t("explain-gone", { account })}</p>}
    </div>
  );
}

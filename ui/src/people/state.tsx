import { CheckmarkCircleRegular } from "@fluentui/react-icons/svg/checkmark-circle";
import { DismissCircleRegular } from "@fluentui/react-icons/svg/dismiss-circle";
import { PauseCircleRegular } from "@fluentui/react-icons/svg/pause-circle";
import { PersonProhibitedRegular } from "@fluentui/react-icons/svg/person-prohibited";
import { SubtractCircleRegular } from "@fluentui/react-icons/svg/subtract-circle";
import type { PersonState } from "../generated";
import { t } from "../texts";

export const STATES = ["active", "inactive", "skipped", "waiting", "refused"] as const;

const LOOKS = {
  active: [CheckmarkCircleRegular, "var(--colorStatusSuccessForeground1)"],
  inactive: [PersonProhibitedRegular, "var(--colorNeutralForeground2)"],
  skipped: [SubtractCircleRegular, "var(--colorNeutralForeground2)"],
  waiting: [PauseCircleRegular, "var(--colorStatusWarningForeground1)"],
  refused: [DismissCircleRegular, "var(--colorStatusDangerForeground1)"],
} as const;

/** How somebody is, by shape, colour and word. */
export function StateOf({ state }: { state: PersonState }) {
  const [Icon, colour] = LOOKS[state];
  return (
    <span className="state">
      <Icon fontSize={16} color={colour} aria-hidden />
      <span>{t(`who-${state}`)}</span>
    </span>
  );
}

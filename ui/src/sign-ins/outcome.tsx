import { CheckmarkCircleRegular } from "@fluentui/react-icons/svg/checkmark-circle";
import { ClockRegular } from "@fluentui/react-icons/svg/clock";
import { DismissCircleRegular } from "@fluentui/react-icons/svg/dismiss-circle";
import { KeyRegular } from "@fluentui/react-icons/svg/key";
import { LockClosedRegular } from "@fluentui/react-icons/svg/lock-closed";
import { PersonProhibitedRegular } from "@fluentui/react-icons/svg/person-prohibited";
import { PersonQuestionMarkRegular } from "@fluentui/react-icons/svg/person-question-mark";
import { PlugDisconnectedRegular } from "@fluentui/react-icons/svg/plug-disconnected";
import type { FluentIcon } from "@fluentui/react-icons";
import { known, t } from "../texts";
import type { Kind } from "./use-sign-ins";

const BAD = "var(--colorStatusDangerForeground1)";
const WARN = "var(--colorStatusWarningForeground3)";
const QUIET = "var(--colorNeutralForeground2)";
const GOOD = "var(--colorStatusSuccessForeground1)";

/** A shape and a colour of each outcome; words stand beside it. */
const LOOKS: Record<string, [FluentIcon, string]> = {
  ok: [CheckmarkCircleRegular, GOOD],
  found: [CheckmarkCircleRegular, GOOD],
  wrong_password: [KeyRegular, BAD],
  password_expired: [KeyRegular, WARN],
  must_change_password: [KeyRegular, WARN],
  locked: [LockClosedRegular, BAD],
  throttled: [LockClosedRegular, WARN],
  unknown_user: [PersonQuestionMarkRegular, QUIET],
  user_not_found: [PersonQuestionMarkRegular, QUIET],
  disabled: [PersonProhibitedRegular, WARN],
  user_disabled: [PersonProhibitedRegular, WARN],
  account_expired: [PersonProhibitedRegular, WARN],
  not_in_scope: [PersonProhibitedRegular, QUIET],
  directory_unavailable: [PlugDisconnectedRegular, BAD],
  expired_request: [ClockRegular, QUIET],
  not_allowed_now: [ClockRegular, WARN],
};

/** An outcome as people call it; a later version's as it is. */
export function outcomeName(outcome: string): string {
  const id = [`outcome-${outcome}`, `cause-${outcome}`].find(known);
  return id === undefined ? outcome.replaceAll("_", " ") : t(id);
}

/** The true reason, in a sentence; nothing where the outcome says it all. */
export function whyOf(kind: Kind, outcome: string, code: string): string {
  const finer = kind === "activations" && outcome === "not_in_scope" ? "no_deployment" : code;
  const id = [`sign-why-${finer}`, `sign-why-${outcome}`].find(known);
  return id === undefined ? "" : t(id);
}

export function Outcome({ outcome }: { outcome: string }) {
  const [Icon, colour] = LOOKS[outcome] ?? [DismissCircleRegular, WARN];
  return (
    <span className="outcome">
      <Icon fontSize={16} color={colour} aria-hidden />
      <span>{outcomeName(outcome)}</span>
    </span>
  );
}

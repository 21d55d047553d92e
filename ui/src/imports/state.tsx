import { CheckmarkCircleRegular } from "@fluentui/react-icons/svg/checkmark-circle";
import { ClockRegular } from "@fluentui/react-icons/svg/clock";
import { DismissCircleRegular } from "@fluentui/react-icons/svg/dismiss-circle";
import { PauseCircleRegular } from "@fluentui/react-icons/svg/pause-circle";
import { WarningRegular } from "@fluentui/react-icons/svg/warning";
import type { ImportRecord } from "../generated";
import { language, t, when } from "../texts";
import { failureIn } from "../texts/failures";
import { didNothing, waitingOf } from "./counts";

const LOOKS = {
  done: [CheckmarkCircleRegular, "var(--colorStatusSuccessForeground1)"],
  nothing: [CheckmarkCircleRegular, "var(--colorStatusSuccessForeground1)"],
  waits: [WarningRegular, "var(--colorStatusWarningForeground1)"],
  refused: [WarningRegular, "var(--colorStatusWarningForeground1)"],
  later: [ClockRegular, "var(--colorNeutralForeground2)"],
  cancelled: [PauseCircleRegular, "var(--colorNeutralForeground2)"],
  failed: [DismissCircleRegular, "var(--colorStatusDangerForeground1)"],
} as const;

/** How an import ended: the worst first. */
export function stateOf(record: ImportRecord): keyof typeof LOOKS {
  if (record.resumes_ms !== undefined) return "later";
  if (record.error?.code === "cancelled") return "cancelled";
  if (record.error || !record.complete) return "failed";
  if (waitingOf(record) > 0) return "waits";
  if (record.refused > 0) return "refused";
  return didNothing(record) ? "nothing" : "done";
}

/** What there is to say of it, in a line. */
export function moreOf(record: ImportRecord): string {
  if (record.resumes_ms !== undefined) return t("imp-later-at", { at: when(record.resumes_ms) });
  if (record.error) return failureIn(language, record.error).message;
  const waiting = waitingOf(record);
  if (waiting > 0) return t("imp-shown", { n: waiting });
  return record.refused > 0 ? t("imp-shown", { n: record.refused }) : "";
}

/** Result of an import by shape, colour and word. `brief`: without what more there is to say. */
export function RunState({ record, brief = false }: { record: ImportRecord; brief?: boolean }) {
  const state = stateOf(record);
  const [Icon, colour] = LOOKS[state];
  const more = brief ? "" : moreOf(record);
  return (
    <span className="state" title={more || undefined}>
      <Icon fontSize={16} color={colour} aria-hidden />
      <span className="two-lines">
        <span>{t(`imp-state-${state}`)}</span>
        {more && <span className="muted small">{more}</span>}
      </span>
    </span>
  );
}

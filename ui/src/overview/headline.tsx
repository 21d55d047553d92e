import { Button } from "@fluentui/react-components";
import { ArrowSyncCircleFilled } from "@fluentui/react-icons/svg/arrow-sync-circle";
import { CheckmarkCircleFilled } from "@fluentui/react-icons/svg/checkmark-circle";
import { PlugDisconnectedFilled } from "@fluentui/react-icons/svg/plug-disconnected";
import { WarningFilled } from "@fluentui/react-icons/svg/warning";
import type { Status } from "../generated";
import { language, t } from "../texts";
import { failureIn } from "../texts/failures";
import { headline } from "../texts/typed";
import { nextStep } from "./next-step";

export const LOOKS = {
  connected: [CheckmarkCircleFilled, "var(--colorPaletteGreenForeground1)"],
  working: [ArrowSyncCircleFilled, "var(--colorBrandForeground1)"],
  attention: [WarningFilled, "var(--colorPaletteMarigoldForeground2)"],
  disconnected: [PlugDisconnectedFilled, "var(--colorNeutralForeground3)"],
} as const;

/** The state as the tray icon shows it: the worst that matters. */
export function stateOf(status: Status): keyof typeof LOOKS {
  const linked = status.cloud.state === "connected" || status.cloud.state === "delivery_only";
  if (!status.running || (!linked && !status.paused)) return "disconnected";
  if (status.paused || status.alerts.length + status.missing_passwords.length > 0) return "attention";
  if (status.importing.length > 0) return "working";
  const waits = status.awaiting_approval.length > 0 || status.last_imports.some((r) => r.error !== undefined);
  // Nobody is imported yet: nothing is wrong, and nothing is done.
  if (status.mappings === 0) return "attention";
  return waits || status.never_imported.length + status.changed.length > 0 ? "attention" : "connected";
}

/** What to do about a read that was not complete, or where nothing can be stored. */
function adviceOf({ headline: told }: Status): string {
  return told.kind === "incomplete" || told.kind === "storage_failed"
    ? failureIn(language, told.values.error).action
    : "";
}

/** One sentence that tells the truth, with its state by shape, colour and words, and the way on. */
export function Headline({ status }: { status: Status }) {
  const state = stateOf(status);
  const [Icon, colour] = LOOKS[state];
  const next = nextStep(status.headline);
  return (
    <section className={`banner ${state}`} aria-label={t("over-state")}>
      <div className="headline" role="status">
        <Icon fontSize={32} color={colour} role="img" aria-label={t(`tray-${state}`)} />
        <p>
          {headline(status.headline)} {adviceOf(status)}
        </p>
      </div>
      {next && (
        <Button appearance="primary" onClick={next.go}>
          {t(next.words)}
        </Button>
      )}
    </section>
  );
}

import { Link } from "@fluentui/react-components";
import { ArrowSyncCircleRegular } from "@fluentui/react-icons/svg/arrow-sync-circle";
import { CheckmarkCircleRegular } from "@fluentui/react-icons/svg/checkmark-circle";
import { DismissCircleRegular } from "@fluentui/react-icons/svg/dismiss-circle";
import { PauseCircleRegular } from "@fluentui/react-icons/svg/pause-circle";
import { WarningRegular } from "@fluentui/react-icons/svg/warning";
import { openList } from "../imports/waiting";
import type { Status } from "../generated";
import { t } from "../texts";

const LOOKS = {
  good: [CheckmarkCircleRegular, "var(--colorStatusSuccessForeground1)"],
  busy: [ArrowSyncCircleRegular, "var(--colorBrandForeground1)"],
  waits: [WarningRegular, "var(--colorStatusWarningForeground1)"],
  failed: [DismissCircleRegular, "var(--colorStatusDangerForeground1)"],
  elsewhere: [PauseCircleRegular, "var(--colorNeutralForeground2)"],
} as const;

/** How it is with a mapping: the worst first. */
function stateOf(name: string, status: Status): [keyof typeof LOOKS, string] {
  if (status.importing.some((one) => one.mapping === name)) return ["busy", t("maps-state-importing")];
  const n = status.awaiting_approval.reduce((sum, one) => sum + (one.mapping === name ? one.people : 0), 0);
  if (n > 0) return ["waits", t("nav-waiting", { n })];
  if (status.never_imported.includes(name)) return ["waits", t("maps-state-never")];
  if (status.changed.includes(name)) return ["waits", t("maps-state-changed")];
  const other = status.elsewhere.find((one) => one.mapping === name);
  if (other) return ["elsewhere", t("maps-state-elsewhere", { host: other.host })];
  const last = status.last_imports.find((one) => one.mapping === name);
  if (last?.error || last?.complete === false) return ["failed", t("maps-state-failed")];
  return ["good", t("maps-state-good")];
}

export function MappingState({ name, status }: { name: string; status: Status }) {
  const [look, words] = stateOf(name, status);
  const [Icon, colour] = LOOKS[look];
  const waits = look === "waits" ? status.awaiting_approval.find((one) => one.mapping === name) : undefined;
  return (
    <span className="state">
      <Icon fontSize={16} color={colour} aria-hidden />
      {waits ? (
        <Link
          as="button"
          inline
          onClick={() => {
            openList(waits);
          }}
        >
          {words}
        </Link>
      ) : (
        <span>{words}</span>
      )}
    </span>
  );
}

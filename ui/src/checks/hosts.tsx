import { CheckmarkCircleRegular } from "@fluentui/react-icons/svg/checkmark-circle";
import { DismissCircleRegular } from "@fluentui/react-icons/svg/dismiss-circle";
import { SubtractCircleRegular } from "@fluentui/react-icons/svg/subtract-circle";
import type { Check } from "../generated";
import { CheckList, nameOf } from "../parts/check-list";
import { language, t } from "../texts";
import { checkIn } from "../texts/typed";
import { byHost, type HostChecks } from "./by-host";

const LOOKS = {
  pass: [CheckmarkCircleRegular, "var(--colorStatusSuccessForeground1)"],
  fail: [DismissCircleRegular, "var(--colorStatusDangerForeground1)"],
  skip: [SubtractCircleRegular, "var(--colorNeutralForeground3)"],
} as const;

function words({ status, failed }: HostChecks): string {
  if (failed) return t("acc-host-failed", { step: nameOf(failed.check) });
  return t(status === "pass" ? "acc-host-good" : "acc-host-part");
}

function Host({ one }: { one: HostChecks }) {
  const [Icon, colour] = LOOKS[one.status];
  const told = one.failed && checkIn(language, one.failed);
  return (
    <li className="host">
      <Icon fontSize={20} color={colour} aria-hidden />
      <div className="column host-told">
        <span>
          <strong>{one.host}</strong>
          <span className="host-state">{words(one)}</span>
          {one.ms !== undefined && (
            <span className="muted small host-time">{t("acc-host-took", { n: one.ms })}</span>
          )}
        </span>
        {told && (
          <span>
            {told.message} <span className="muted">{told.action}</span>
          </span>
        )}
        <details>
          <summary className="small">{t("acc-host-steps", { host: one.host })}</summary>
          <div className="inset">
            <CheckList checks={one.checks} />
          </div>
        </details>
      </div>
    </li>
  );
}

/** Each server of an account with its health in words; its steps are behind it. */
export function Hosts({ checks }: { checks: Check[] }) {
  return (
    <ul className="plain hosts">
      {byHost(checks).map((one, i) => (
        <Host key={`${i} ${one.host}`} one={one} />
      ))}
    </ul>
  );
}

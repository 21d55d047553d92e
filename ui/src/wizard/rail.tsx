import { CheckmarkCircleFilled } from "@fluentui/react-icons/svg/checkmark-circle";
import { CircleRegular } from "@fluentui/react-icons/svg/circle";
import { RadioButtonFilled } from "@fluentui/react-icons/svg/radio-button";
import { type Step, STEPS } from "../host/contract";
import { t } from "../texts";

const LOOKS = {
  done: [CheckmarkCircleFilled, "wiz-done", "var(--colorStatusSuccessForeground1)"],
  now: [RadioButtonFilled, "wiz-now", "var(--colorBrandForeground1)"],
  ahead: [CircleRegular, "wiz-ahead", "var(--colorNeutralForeground3)"],
} as const;

/** How far the setup is. */
export function Rail({ at }: { at: Step }) {
  const here = STEPS.indexOf(at);
  return (
    <aside className="rail">
      <h2>{t("wiz-welcome")}</h2>
      <ol className="steps" aria-label={t("wiz-steps")}>
        {STEPS.map((name, i) => {
          const [Icon, words, colour] = LOOKS[i < here ? "done" : i === here ? "now" : "ahead"];
          return (
            <li key={name} aria-current={i === here ? "step" : undefined}>
              <Icon fontSize={20} color={colour} role="img" aria-label={t(words)} />
              <span>{t(`wiz-${name}`)}</span>
            </li>
          );
        })}
      </ol>
      <p className="muted rail-note">{t("wiz-draft")}</p>
    </aside>
  );
}

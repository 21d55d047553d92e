import { Button, Spinner } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { t } from "../texts";

/** The one thing that a step is for. */
export interface Primary {
  label: string;
  act: () => void;
  busy?: boolean;
  /** What is missing before it can be done. */
  wants?: string | null | false;
}

interface Props {
  primary: Primary;
  back?: () => void;
  close: () => void;
  /** Words of the way out. */
  closing?: string;
  /** What the step found: beside what is typed, so that nobody has to scroll for it. */
  side?: ReactNode;
  /** Whether Enter in a field does the step: not where fields search and edit. */
  byEnter?: boolean;
  children: ReactNode;
}

/** A step's content, and below it always in sight: back, out, and the one button that does the step. */
export function StepFrame({ primary, back, close, closing, side, byEnter = true, children }: Props) {
  const { label, act, busy = false, wants } = primary;
  const inside = (
    <>
      <div className={side === undefined ? "step-body" : "step-body step-split"}>
        <div className="column">{children}</div>
        {side !== undefined && <div className="step-side column">{side}</div>}
      </div>
      <div className="step-foot">
        {back && <Button onClick={back}>{t("act-back")}</Button>}
        <Button appearance="subtle" onClick={close}>
          {closing ?? t("wiz-close")}
        </Button>
        <span className="step-wants" role="status">
          {wants}
        </span>
        <Button
          type={byEnter ? "submit" : "button"}
          appearance="primary"
          disabled={busy || Boolean(wants)}
          icon={busy ? <Spinner size="tiny" aria-hidden /> : undefined}
          onClick={byEnter ? undefined : act}
        >
          {label}
        </Button>
      </div>
    </>
  );
  if (!byEnter) return <div className="step">{inside}</div>;
  return (
    <form
      className="step"
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        if (!busy && !wants) act();
      }}
    >
      {inside}
    </form>
  );
}

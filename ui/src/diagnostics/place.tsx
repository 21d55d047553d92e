import type { FluentIcon } from "@fluentui/react-icons";
import { type ReactNode, useId } from "react";
import type { Check } from "../generated";
import { CheckList } from "../parts/check-list";
import { t } from "../texts";

interface Props {
  icon: FluentIcon;
  title: string;
  /** Not there before anything was checked. */
  checks: Check[] | undefined;
  /** What is known without a check. */
  children?: ReactNode;
}

/** One place where the cause of a trouble may be, with what was tried there. */
export function Place({ icon: Icon, title, checks, children }: Props) {
  const id = useId();
  return (
    <section className="card column place" aria-labelledby={id}>
      <h2 id={id} className="outcome">
        <Icon fontSize={16} aria-hidden />
        {title}
      </h2>
      {children}
      {checks === undefined && !children && <p className="muted">{t("dia-not-yet")}</p>}
      {checks && checks.length > 0 && <CheckList checks={checks} />}
    </section>
  );
}

import { ArrowLeftRegular } from "@fluentui/react-icons/svg/arrow-left";
import { Button } from "@fluentui/react-components";
import { type ReactNode, useEffect, useRef } from "react";
import { EngineBar } from "./engine-bar";
import { UpdateBar } from "../settings/update-bar";
import { t } from "../texts";

/** Names the window after what it shows, and puts the focus where reading begins. */
export function useArrival(title: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – ${t("app-name")}`;
    const main = heading.current?.closest("main");
    if (main) main.scrollTop = 0;
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return heading;
}

interface Props {
  title: string;
  /** One line: what this is for. */
  purpose?: string;
  /** What can be done with all of it. */
  commands?: ReactNode;
  /** The way back to the list that this is one of. */
  onBack?: () => void;
  children: ReactNode;
}

/** A screen: its title, what it is for, what can be done, and its content. */
export function Page({ title, purpose, commands, onBack, children }: Props) {
  const heading = useArrival(title);
  return (
    <div className="page">
      <header className="page-head">
        {onBack && (
          <div>
            <Button appearance="subtle" size="small" icon={<ArrowLeftRegular />} onClick={onBack}>
              {t("act-back")}
            </Button>
          </div>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {purpose && <p className="purpose">{purpose}</p>}
        {commands && <div className="commands row">{commands}</div>}
      </header>
      <EngineBar />
      <UpdateBar />
      {children}
    </div>
  );
}

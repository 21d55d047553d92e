import { Button, Tooltip } from "@fluentui/react-components";
import { CheckmarkRegular } from "@fluentui/react-icons/svg/checkmark";
import { CopyRegular } from "@fluentui/react-icons/svg/copy";
import { useEffect, useState } from "react";
import { t } from "../texts";

/** Puts a long text, such as a DN, where it can be pasted. */
export function Copy({ what, text }: { what: string; text: string }) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return undefined;
    const timer = setTimeout(() => {
      setDone(false);
    }, 2_000);
    return () => {
      clearTimeout(timer);
    };
  }, [done]);
  const label = done ? t("explain-copied") : t("explain-copy", { what });
  return (
    <Tooltip content={label} relationship="label">
      <Button
        size="small"
        appearance="subtle"
        icon={done ? <CheckmarkRegular /> : <CopyRegular />}
        onClick={() => {
          void navigator.clipboard.writeText(text).then(() => {
            setDone(true);
          });
        }}
      />
    </Tooltip>
  );
}

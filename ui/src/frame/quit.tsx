import { Button } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { host } from "../host";
import { t } from "../texts";

/** Asks before the program ends, and says what ends with it. */
export function Quit({ open, onClose }: { open: boolean; onClose: () => void }) {
  const about = useQuery({ queryKey: ["about"], queryFn: host.about, enabled: open });
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  const service = about.data?.engine === "service";
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="quit-title" onClose={onClose}>
      <div className="column">
        <h2 id="quit-title">{t("quit-title")}</h2>
        <span>{t(service ? "quit-service" : "quit-window")}</span>
        <div className="row end">
          <Button
            appearance="primary"
            onClick={() => {
              void host.quit();
            }}
          >
            {t("quit-yes")}
          </Button>
          <Button onClick={onClose}>{t("act-cancel")}</Button>
        </div>
      </div>
    </dialog>
  );
}

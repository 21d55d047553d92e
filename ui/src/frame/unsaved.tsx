import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from "@fluentui/react-components";
import { useSyncExternalStore } from "react";
import { t } from "../texts";
import { leaving } from "./leaving";

/** Asks before edits are lost: stay is what happens unless somebody says otherwise. */
export function Unsaved() {
  const asked = useSyncExternalStore(leaving.subscribe, leaving.pending);
  return (
    <Dialog
      modalType="alert"
      open={asked}
      onOpenChange={(_e, d) => {
        if (!d.open) leaving.stay();
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("unsaved-title")}</DialogTitle>
          <DialogContent>{t("unsaved-text")}</DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={leaving.stay}>
              {t("unsaved-stay")}
            </Button>
            <Button onClick={leaving.leave}>{t("unsaved-leave")}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

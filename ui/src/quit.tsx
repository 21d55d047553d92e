import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { host } from "./host";
import { t } from "./texts";

/** Asks before the program ends, and says what ends with it. */
export function Quit({ open, onClose }: { open: boolean; onClose: () => void }) {
  const about = useQuery({ queryKey: ["about"], queryFn: host.about, enabled: open });
  const service = about.data?.engine === "service";
  return (
    <Dialog
      open={open}
      onOpenChange={(_e, d) => {
        if (!d.open) onClose();
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("quit.title")}</DialogTitle>
          <DialogContent>{t(service ? "quit.service" : "quit.window")}</DialogContent>
          <DialogActions>
            <Button
              appearance="primary"
              onClick={() => {
                void host.quit();
              }}
            >
              {t("quit.yes")}
            </Button>
            <Button onClick={onClose}>{t("act.cancel")}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

import { Button, MessageBar, MessageBarActions, MessageBarBody } from "@fluentui/react-components";
import { t } from "../texts";

/** Says where a mapping is now, and takes it back. */
export function Moved({ name, at, onUndo }: { name: string; at: number; onUndo: () => void }) {
  return (
    <MessageBar intent="success" layout="multiline">
      <MessageBarBody>{t("maps-moved", { name, n: at })}</MessageBarBody>
      <MessageBarActions>
        <Button onClick={onUndo}>{t("unsaved-undo")}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}

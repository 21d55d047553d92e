import { MessageBar, MessageBarBody } from "@fluentui/react-components";
import type { Saved } from "../host/contract";
import { t } from "../texts";

/** Says where a file was written. */
export function SavedNote({ saved }: { saved: Saved | undefined }) {
  if (!saved) return null;
  return (
    <MessageBar intent="success" layout="multiline">
      <MessageBarBody>{t("act-saved", { path: saved.path })}</MessageBarBody>
    </MessageBar>
  );
}

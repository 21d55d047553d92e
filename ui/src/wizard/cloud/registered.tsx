import { MessageBar, MessageBarBody } from "@fluentui/react-components";
import type { CloudView } from "../../generated";
import { t } from "../../texts";
import type { StepProps } from "../step";
import { StepFrame } from "../step-frame";

/** The cloud knows this computer already; a key is asked for once. */
export function Registered({
  view,
  still,
  done,
  close,
}: StepProps & { view: CloudView; still: CloudView["still"] }) {
  return (
    <StepFrame close={close} primary={{ label: t("act-next"), act: done }}>
      <p role="status">{t("cl-registered", { url: view.url })}</p>
      {still && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>{t("cl-still", { host: still.host, id: still.connector_id })}</MessageBarBody>
        </MessageBar>
      )}
    </StepFrame>
  );
}

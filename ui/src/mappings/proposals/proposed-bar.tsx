import { Button, MessageBar, MessageBarActions, MessageBarBody } from "@fluentui/react-components";
import type { Status } from "../../generated";
import { open } from "../../screens";
import { t } from "../../texts";
import { PROPOSED } from "./use-proposals";

/** Says that mappings of the cloud wait, where the banner is about something else. */
export function ProposedBar({ status: { proposed, headline } }: { status: Status }) {
  const [first] = proposed;
  if (first === undefined || headline.kind === "mapping_proposed") return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>{t("prop-waiting", { n: proposed.length })}</MessageBarBody>
      <MessageBarActions>
        <Button
          onClick={() => {
            if (proposed.length === 1) open("mappings", first, PROPOSED);
            else open("mappings");
          }}
        >
          {t("prop-review")}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}

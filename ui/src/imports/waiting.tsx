import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from "@fluentui/react-components";
import type { ApprovalList } from "../generated";
import { open } from "../screens";
import { t } from "../texts";

/** The address part of the page on which a list is approved. */
export const WAITING = "waiting";

export function openList({ mapping, kind }: Pick<ApprovalList, "mapping" | "kind">): void {
  open("imports", WAITING, mapping, kind);
}

/** Lists of people that wait for an approval; each leads to exactly that list. */
export function Waiting({ lists }: { lists: ApprovalList[] }) {
  return lists.map((list) => (
    <MessageBar key={list.mapping + list.kind} intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{list.mapping}</MessageBarTitle> {t(`over-held-${list.kind}`, { n: list.people })}
      </MessageBarBody>
      <MessageBarActions>
        <Button
          onClick={() => {
            openList(list);
          }}
        >
          {t("over-review")}
        </Button>
      </MessageBarActions>
    </MessageBar>
  ));
}

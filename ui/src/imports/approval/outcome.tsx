import { Button, MessageBar, MessageBarActions, MessageBarBody } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import type { ApprovalList } from "../../generated";
import { host } from "../../host";
import { Empty } from "../../parts/empty";
import { open } from "../../screens";
import { t } from "../../texts";
import { useLastEnd } from "../use-runs";

/** The import with the approval has ended; what it did is one step away. */
export function Ended({ list }: { list: ApprovalList }) {
  const end = useLastEnd();
  const run = useQuery({
    queryKey: ["imports", "with", list.hash, end],
    queryFn: async () => {
      const runs = await host.imports({ mapping: list.mapping, limit: 10 });
      return runs.find(({ record }) => record.approved?.some(({ hash }) => hash === list.hash)) ?? null;
    },
  }).data;
  return (
    <MessageBar intent="success" layout="multiline">
      <MessageBarBody>{t(`appr-ended-${list.kind}`, { n: list.people })}</MessageBarBody>
      {run && (
        <MessageBarActions>
          <Button
            onClick={() => {
              open("imports", String(run.id));
            }}
          >
            {t("appr-what")}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}

/** What became of a list that was stale. */
export function Renewed({ before, still }: { before: ApprovalList; still: ApprovalList | undefined }) {
  return still ? t("appr-renewed", { n: before.people }) : t("appr-renewed-none");
}

export function Nobody() {
  return (
    <Empty
      title={t("appr-none")}
      hint={t("appr-none-do")}
      action={t("over-do-import")}
      onAction={() => {
        open("imports");
      }}
    />
  );
}

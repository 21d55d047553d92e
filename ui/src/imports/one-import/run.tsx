import { Button, MessageBar, MessageBarBody, Spinner } from "@fluentui/react-components";
import { ArrowDownloadRegular } from "@fluentui/react-icons/svg/arrow-download";
import { useMutation } from "@tanstack/react-query";
import { Page } from "../../frame/page";
import type { Change, ImportRecord, ImportRun } from "../../generated";
import { Empty } from "../../parts/empty";
import { asFailure } from "../../host/failure";
import { host } from "../../host";
import { SavedNote } from "../../parts/saved";
import { ErrorBar } from "../../parts/error-bar";
import { useStatus } from "../../parts/fresh/use-status";
import { Findings } from "../../preview/findings";
import { addressOf, open } from "../../screens";
import { duration, t, when } from "../../texts";
import type { Chosen } from "./groups";
import { RunPeopleView } from "./people";
import { useRun } from "../use-runs";
import { Waiting } from "../waiting";
import { Totals } from "./totals";

const back = () => {
  open("imports");
};

/** What is good to know of an import beside its numbers. */
function Notes({ record }: { record: ImportRecord }) {
  const status = useStatus().data;
  const waits = record.awaiting_approval.filter((list) =>
    status?.awaiting_approval.some((now) => now.mapping === list.mapping && now.hash === list.hash),
  );
  return (
    <>
      <ErrorBar error={record.error} />
      <Waiting lists={waits} />
      {record.approved?.map((list) => (
        <MessageBar key={list.hash} intent="info" layout="multiline">
          <MessageBarBody>{t(`imp-approved-${list.kind}`, { n: list.people })}</MessageBarBody>
        </MessageBar>
      ))}
      {record.assumed !== undefined && record.assumed > 0 && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t("imp-assumed", { n: record.assumed })}</MessageBarBody>
        </MessageBar>
      )}
      <Findings findings={record.findings ?? []} />
    </>
  );
}

function Seen({ run, chosen }: { run: ImportRun; chosen: Chosen }) {
  const { record } = run;
  const choose = ({ change, reason_kind, refused }: Chosen) => {
    const what = refused ? "refused" : change;
    // A look at others of the same import is no step that somebody goes back.
    history.replaceState(null, "", `#${addressOf("imports", String(run.id), what, reason_kind)}`);
    dispatchEvent(new HashChangeEvent("hashchange"));
  };
  const save = useMutation({
    mutationFn: async () =>
      host.exportImportPeople(run.id, { refused: false, ...chosen, offset: 0, limit: 0 }),
  });
  const took = duration(record.finished_ms - record.started_ms);
  const facts = [
    t(`imp-facts-${record.kind}`, { read: record.read, took }),
    record.kind === "full" &&
      record.started_by &&
      t("imp-started", { how: t(`started-${record.started_by}`) }),
    record.acknowledged > 0 && t("imp-acknowledged", { n: record.acknowledged }),
  ];
  return (
    <Page
      title={t("imp-title", { mapping: record.mapping, at: when(record.finished_ms) })}
      purpose={facts.filter(Boolean).join(" ")}
      commands={
        <Button
          icon={<ArrowDownloadRegular />}
          disabled={save.isPending}
          onClick={() => {
            save.mutate();
          }}
        >
          {t("pre-csv")}
        </Button>
      }
      onBack={back}
    >
      <ErrorBar error={save.error} />
      <SavedNote saved={save.data} />
      <Notes record={record} />
      <Totals record={record} />
      {!run.people_kept && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t("imp-people-gone")}</MessageBarBody>
        </MessageBar>
      )}
      <RunPeopleView run={run.id} chosen={chosen} onChoose={choose} />
    </Page>
  );
}

/** One import: what it did to whom, and why. The address names whom of them to show. */
export function RunDetail({ id, change, reason }: { id: number; change?: string; reason?: string }) {
  const run = useRun(id);
  if (run.data) {
    const refused = change === "refused";
    const chosen = refused
      ? { refused }
      : { change: (change || undefined) as Change | undefined, reason_kind: reason || undefined };
    return <Seen run={run.data} chosen={chosen} />;
  }
  const gone = run.error && asFailure(run.error).code === "not_found";
  return (
    <Page title={t("nav-imports")} onBack={back}>
      {run.isPending && <Spinner label={t("state-loading")} />}
      {gone ? (
        <Empty title={t("imp-gone")} hint={t("imp-gone-do")} action={t("over-do-import")} onAction={back} />
      ) : (
        <ErrorBar error={run.error} />
      )}
    </Page>
  );
}

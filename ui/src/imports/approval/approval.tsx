import {
  Button,
  Link,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
} from "@fluentui/react-components";
import { ArrowDownloadRegular } from "@fluentui/react-icons/svg/arrow-download";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Page } from "../../frame/page";
import type { ApprovalKind, ApprovalList, Status } from "../../generated";
import { host } from "../../host";
import { asFailure } from "../../host/failure";
import { ErrorBar } from "../../parts/error-bar";
import { SavedNote } from "../../parts/saved";
import { useStatus } from "../../parts/fresh/use-status";
import { open } from "../../screens";
import { t, when } from "../../texts";
import { Running } from "../running";
import { Confirm } from "./confirm";
import { Ended, Nobody, Renewed } from "./outcome";
import { ListPeople, useWaiting } from "./people";
import { useMaker } from "./use-list";

interface Props {
  mapping: string;
  kind: ApprovalKind;
}

const isStale = (error: unknown) => asFailure(error).code === "approval_stale";

/** Approves a list by its hash. One that is stale is made anew by an import that has no approval. */
function useApproval(mapping: string) {
  const renew = useMutation({
    mutationFn: async (_before: ApprovalList) => host.import(mapping),
  });
  const approve = useMutation({
    mutationFn: async (list: ApprovalList) => host.import(mapping, [list.hash]),
    onMutate: () => {
      renew.reset();
    },
    onError: (error, list) => {
      if (isStale(error)) renew.mutate(list);
    },
  });
  return { approve, renew };
}

const back = () => {
  open("imports");
};

/** Why the list needs somebody. */
function Why({ list }: { list: ApprovalList }) {
  const limits = useQuery({ queryKey: ["settings"], queryFn: host.settings }).data?.import;
  const maker = useMaker(list).data;
  return (
    <div className="column tight">
      {list.kind === "relink" && <p>{t("appr-why-relink")}</p>}
      {list.kind === "deactivate" && limits && (
        <p>
          {t("appr-why-deactivate", {
            percent: limits.removal_limit_percent,
            people: limits.removal_limit_people,
          })}{" "}
          <Link
            as="button"
            inline
            onClick={() => {
              open("settings", "set-removal_limit_percent");
            }}
          >
            {t("appr-limits")}
          </Link>
        </p>
      )}
      {maker && <p className="muted">{t("appr-made", { at: when(maker.record.finished_ms) })}</p>}
    </div>
  );
}

/** The list cannot be shown whole: an import makes it anew. */
function Lost({ mapping, error, busy }: { mapping: string; error: unknown; busy: boolean }) {
  const renew = useMutation({ mutationFn: async () => host.import(mapping) });
  return (
    <div className="column">
      <ErrorBar error={renew.error ?? error} />
      <div>
        <Button
          appearance="primary"
          disabled={busy}
          onClick={() => {
            renew.mutate();
          }}
        >
          {t("appr-renew")}
        </Button>
      </div>
    </div>
  );
}

interface ListProps extends Props {
  /** Of the list that the status knows. */
  hash: string;
  status: Status;
  /** What became of an approval before. */
  outcome: ReactNode;
  approve: (list: ApprovalList) => void;
}

/** The list, and what can be done with it. */
function List({ mapping, kind, hash, status, outcome, approve }: ListProps) {
  const whole = useWaiting({ mapping, kind, hash });
  const save = useMutation({
    mutationFn: async () => host.exportAwaitingPeople(mapping, kind, { refused: false, offset: 0, limit: 0 }),
  });
  const list = whole.begin?.list;
  const busy = status.importing.some((one) => one.mapping === mapping);
  const why = status.paused ? t("over-why-paused") : busy ? t("appr-busy") : "";
  if (!list)
    return (
      <Page title={t(`appr-title-${kind}`, { mapping })} onBack={back}>
        {outcome}
        {!whole.error && <Spinner label={t("state-loading")} />}
        {whole.error && <Lost mapping={mapping} error={whole.error} busy={why !== ""} />}
      </Page>
    );
  return (
    <Page
      title={t(`appr-ask-${kind}`, { n: list.people, mapping })}
      purpose={t("page-approval")}
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
      {outcome}
      <ErrorBar error={save.error} />
      <SavedNote saved={save.data} />
      <Why list={list} />
      <ListPeople mapping={mapping} kind={kind} hash={hash} />
      <div className="save-bar changed">
        <span className="grow">{why || t(`appr-then-${kind}`)}</span>
        <Confirm
          key={list.hash}
          list={list}
          disabled={why !== "" || whole.old}
          onYes={() => {
            approve(list);
          }}
        />
      </div>
    </Page>
  );
}

/** What became of an approval. */
function Outcome({
  approving,
  renewing,
  still,
}: {
  approving: ReturnType<typeof useApproval>["approve"];
  renewing: ReturnType<typeof useApproval>["renew"];
  still: ApprovalList | undefined;
}) {
  return (
    <div role="status" className="became column">
      {approving.isPending && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t("appr-running")}</MessageBarBody>
        </MessageBar>
      )}
      {(renewing.isPending || renewing.isSuccess) && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t("appr-stale")}</MessageBarTitle>{" "}
            {renewing.isPending ? t("appr-renewing") : <Renewed before={renewing.variables} still={still} />}
          </MessageBarBody>
        </MessageBar>
      )}
      {approving.isSuccess && <Ended list={approving.variables} />}
    </div>
  );
}

/** Exactly the list of people that is approved, and nothing else: its number and its hash are of one record. */
export function Approval({ mapping, kind }: Props) {
  const status = useStatus().data;
  const { approve, renew } = useApproval(mapping);
  const waits = status?.awaiting_approval.find((list) => list.mapping === mapping && list.kind === kind);
  const working = approve.isPending || renew.isPending;
  const outcome = (
    <>
      <Outcome approving={approve} renewing={renew} still={waits} />
      <Running importing={status?.importing.filter((one) => one.mapping === mapping) ?? []} />
      <ErrorBar error={isStale(approve.error) ? renew.error : approve.error} />
    </>
  );
  if (status && waits && !working)
    return (
      <List
        mapping={mapping}
        kind={kind}
        hash={waits.hash}
        status={status}
        outcome={outcome}
        approve={(list) => {
          approve.mutate(list);
        }}
      />
    );
  return (
    <Page title={t(`appr-title-${kind}`, { mapping })} onBack={back}>
      {outcome}
      {!status && <Spinner label={t("state-loading")} />}
      {status && !working && !approve.isSuccess && !renew.isSuccess && <Nobody />}
    </Page>
  );
}

import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
} from "@fluentui/react-components";
import { useMutation, useQuery } from "@tanstack/react-query";
import { host } from "../host";
import { Running } from "../imports/running";
import { Waiting } from "../imports/waiting";
import { ProposedBar } from "../mappings/proposals/proposed-bar";
import { ErrorBar } from "../parts/error-bar";
import { useStatus } from "../parts/fresh/use-status";
import { Findings } from "../preview/findings";
import { Page } from "../frame/page";
import { open } from "../screens";
import type { Alert, ApprovalList, Status } from "../generated";
import { language, t, type TextId } from "../texts";
import { failureIn } from "../texts/failures";
import { Cards } from "./cards";
import { Charts } from "./charts";
import { Headline } from "./headline";
import { nextStep } from "./next-step";
import { Recent } from "./recent";
import { Tiles } from "./tiles";

const words = (alert: Alert): string => {
  const { message, action } = failureIn(language, alert);
  return `${message} ${action}`;
};

/** Where an alert is looked into. */
function ways({ kind, account }: Alert): { words: TextId; go: () => void } | null {
  if (kind === "people_refused")
    return {
      words: "over-show-people",
      go: () => {
        open("people", "", "refused");
      },
    };
  if (account === null) return null;
  return {
    words: "over-do-directory",
    go: () => {
      open("accounts", account);
    },
  };
}

/** Lists that wait, without the one that the banner is about. */
function others({ awaiting_approval, headline }: Status): ApprovalList[] {
  if (headline.kind !== "awaiting_approval") return awaiting_approval;
  const { mapping, approval } = headline.values;
  return awaiting_approval.filter((list) => list.mapping !== mapping || list.kind !== approval);
}

/** Why no import can be started now. */
function hindrance(s: Status): TextId | undefined {
  if (s.paused) return "over-why-paused";
  if (s.cloud.state === "not_registered") return "over-why-cloud";
  return s.mappings === 0 ? "over-why-mapping" : undefined;
}

/** The setup was begun, and left with its values kept. */
function Unfinished() {
  const draft = useQuery({ queryKey: ["draft-now"], queryFn: host.draft });
  if (!draft.data) return null;
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>{t("wiz-unfinished")}</MessageBarBody>
      <MessageBarActions>
        <Button
          appearance="primary"
          onClick={() => {
            open("setup");
          }}
        >
          {t("wiz-continue")}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}

export function Overview() {
  const status = useStatus();
  const importNow = useMutation({ mutationFn: async () => host.import(null) });
  const pause = useMutation({
    mutationFn: async (paused: boolean) => (paused ? host.resume() : host.pause()),
  });
  const s = status.data;
  const head = { title: t("nav-overview"), purpose: t("page-overview") };
  if (!s)
    return (
      <Page {...head}>
        {status.error ? <ErrorBar error={status.error} /> : <Spinner label={t("state-loading")} />}
      </Page>
    );
  const why = hindrance(s);
  const commands = (
    <>
      <Button
        appearance={nextStep(s.headline) ? "secondary" : "primary"}
        disabled={why !== undefined || s.importing.length > 0}
        onClick={() => {
          importNow.mutate();
        }}
      >
        {t("over-import")}
      </Button>
      <Button
        onClick={() => {
          pause.mutate(s.paused);
        }}
      >
        {t(s.paused ? "over-resume" : "over-pause")}
      </Button>
      {why && <span className="muted">{t(why)}</span>}
    </>
  );
  return (
    <Page {...head} commands={commands}>
      <Unfinished />
      <Headline status={s} />
      {s.alerts.map((a) => (
        <MessageBar key={a.kind + (a.account ?? "")} intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t(`alert-${a.kind}`)}</MessageBarTitle> {words(a)}
          </MessageBarBody>
          {ways(a) && (
            <MessageBarActions>
              <Button
                onClick={() => {
                  ways(a)?.go();
                }}
              >
                {t(ways(a)?.words ?? "over-do-check")}
              </Button>
            </MessageBarActions>
          )}
        </MessageBar>
      ))}
      <ErrorBar error={importNow.error ?? pause.error} />
      <Running importing={s.importing} />
      <Waiting lists={others(s)} />
      <ProposedBar status={s} />
      <Tiles status={s} />
      <Charts />
      <Recent />
      {s.last_imports.map((r) => (
        <Findings key={r.mapping} findings={r.findings ?? []} />
      ))}
      <Cards status={s} />
    </Page>
  );
}

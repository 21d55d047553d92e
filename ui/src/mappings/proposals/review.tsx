import { Button, MessageBar, MessageBarBody, Spinner } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Page } from "../../frame/page";
import type { Mapping, Proposal } from "../../generated";
import { host } from "../../host";
import { ErrorBar } from "../../parts/error-bar";
import { PreviewPanel } from "../../preview/preview";
import { open } from "../../screens";
import { t, when } from "../../texts";
import { Attributes } from "./attributes";
import { Decide, type Decided } from "./decide";
import { differences } from "./differences";
import { DifferencesTable } from "./differences-table";
import { sameName } from "./proposals";
import { useProposals } from "./use-proposals";

const back = () => {
  open("mappings");
};

/** The filter that a mapping sends, with its conditions in it. */
function useFilter(mapping: Mapping | undefined) {
  const { filter, conditions } = mapping ?? {};
  return useQuery({
    queryKey: ["filter-of", mapping],
    queryFn: async () => (await host.compileFilter({ filter, conditions })).filter,
    enabled: mapping !== undefined,
  });
}

function Compared({ proposal, today }: { proposal: Proposal; today: Mapping | undefined }) {
  const { mapping } = proposal;
  const [was, will] = [useFilter(today), useFilter(mapping)];
  if (will.data === undefined || (today && was.data === undefined))
    return <>{will.error ? <ErrorBar error={will.error} /> : <Spinner label={t("state-loading")} />}</>;
  const before = today && { mapping: today, filter: was.data ?? "" };
  const rows = differences(before, { mapping, filter: will.data });
  return (
    <>
      <section className="card column" aria-labelledby="compared">
        <h2 id="compared">{t("prop-what")}</h2>
        {today && !rows.some((row) => row.changed) && <p>{t("prop-same")}</p>}
        <DifferencesTable rows={rows} />
      </section>
      <section className="card column" aria-labelledby="attributes">
        <h2 id="attributes">{t("prop-attributes")}</h2>
        <Attributes
          filter={will.data}
          department={Boolean(mapping.department?.length)}
          country={Boolean(mapping.country?.length)}
        />
      </section>
    </>
  );
}

/** One version of a mapping of the cloud: compared, looked at, decided. */
function Version({
  proposal,
  today,
  onDecided,
}: {
  proposal: Proposal;
  today: Mapping | undefined;
  onDecided: (how: Decided) => void;
}) {
  const [seen, setSeen] = useState(proposal.previewed);
  return (
    <>
      <Compared proposal={proposal} today={today} />
      <section className="card column" aria-labelledby="people">
        <h2 id="people">{t("prop-people")}</h2>
        <p className="muted">{t("prop-people-hint")}</p>
        <PreviewPanel
          mapping={proposal.mapping}
          live={false}
          atOnce
          onSeen={() => {
            setSeen(true);
          }}
        />
      </section>
      <Decide proposal={proposal} seen={seen} onDecided={onDecided} />
    </>
  );
}

/** A mapping that the cloud sent, and everything that there is to know before it is approved. */
export function Review({ name }: { name: string }) {
  const [decided, setDecided] = useState<Decided | null>(null);
  const waiting = useProposals();
  const mappings = useQuery({ queryKey: ["mappings"], queryFn: host.mappings });
  const proposal = waiting.data?.find((one) => sameName(one.mapping.name, name));
  const today = mappings.data?.find((one) => sameName(one.name, name));
  const done = decided === "approved" || decided === "refused";
  const told = done ? t(`prop-${decided}`, { name }) : waiting.isSuccess && !proposal ? t("prop-gone") : "";
  return (
    <Page title={name} purpose={t("prop-purpose")} onBack={back}>
      <ErrorBar error={waiting.error ?? mappings.error} />
      {told && (
        <>
          <MessageBar intent={decided === "approved" ? "success" : "info"} layout="multiline" role="status">
            <MessageBarBody>{told}</MessageBarBody>
          </MessageBar>
          <div className="row">
            {decided === "approved" && (
              <Button
                appearance="primary"
                onClick={() => {
                  open("mappings", name);
                }}
              >
                {t("over-do-preview")}
              </Button>
            )}
            <Button onClick={back}>{t("prop-back")}</Button>
          </div>
        </>
      )}
      {!done && decided === "stale" && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>{t("prop-stale")}</MessageBarBody>
        </MessageBar>
      )}
      {!done && proposal && mappings.data && (
        <>
          <p className="muted">
            {today ? t("prop-change", { name: today.name }) : t("prop-new")} ·{" "}
            {t("prop-came", { at: when(proposal.at_ms) })}
          </p>
          <Version key={proposal.hash} proposal={proposal} today={today} onDecided={setDecided} />
        </>
      )}
      {waiting.isPending && <Spinner label={t("state-loading")} />}
    </Page>
  );
}

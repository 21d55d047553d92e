import { Spinner } from "@fluentui/react-components";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { EngineBar } from "../frame/engine-bar";
import { Header } from "../frame/header";
import { useArrival } from "../frame/page";
import { host } from "../host";
import { type Step, STEPS, type WizardDraft } from "../host/contract";
import { ErrorBar } from "../parts/error-bar";
import { open } from "../screens";
import { t } from "../texts";
import { CloudStep } from "./cloud/cloud";
import { DirectoryStep } from "./directory/directory";
import { FinishStep } from "./finish";
import { MappingStep } from "./mapping";
import { PreviewStep } from "./preview";
import { goingOn, startingFrom, takenUp, type StepProps } from "./step";
import { Rail } from "./rail";

const BODIES = {
  cloud: CloudStep,
  directory: DirectoryStep,
  mapping: MappingStep,
  preview: PreviewStep,
  finish: FinishStep,
};

function Running({ first }: { first: WizardDraft }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(first);
  const [failed, setFailed] = useState<unknown>(null);
  useEffect(() => {
    if (draft !== first) host.saveDraft(draft).catch(setFailed);
  }, [draft, first]);
  const put = (part: Partial<WizardDraft>) => {
    setDraft((old) => ({ ...old, ...part }));
  };
  const index = STEPS.indexOf(draft.at);
  const at = (step: Step | undefined) => (step ? () => put({ at: step }) : undefined);
  const heading = useArrival(t(`wiz-${draft.at}`));
  const props: StepProps = {
    draft,
    put,
    done: at(STEPS[index + 1]) ?? (() => undefined),
    back: at(STEPS[index - 1]),
    close: () => {
      void host.saveDraft(draft).then(async () => {
        await client.invalidateQueries({ queryKey: ["draft-now"] });
        open("overview");
      }, setFailed);
    },
  };
  const Body = BODIES[draft.at];
  return (
    <>
      <Rail at={draft.at} />
      <main tabIndex={-1}>
        <header className="page-head">
          <p className="eyebrow">{t("wiz-step", { n: index + 1, all: STEPS.length })}</p>
          <h1 ref={heading} tabIndex={-1}>
            {t(`wiz-${draft.at}`)}
          </h1>
          <p className="purpose">{t(`wiz-${draft.at}-for`)}</p>
        </header>
        <EngineBar />
        <ErrorBar error={failed} />
        <Body key={draft.at} {...props} />
      </main>
    </>
  );
}

/** What is typed is kept by the host as it is typed, except secrets. */
export function Wizard() {
  const draft = useQuery({ queryKey: ["draft"], queryFn: host.draft, gcTime: 0, staleTime: Infinity });
  const settings = useQuery({ queryKey: ["settings"], queryFn: host.settings });
  const accounts = useQuery({ queryKey: ["accounts"], queryFn: host.accounts });
  const cloud = useQuery({ queryKey: ["cloud"], queryFn: host.cloud });
  const error = draft.error ?? settings.error ?? accounts.error ?? cloud.error;
  return (
    <>
      <Header />
      {draft.data === undefined || !settings.data || !accounts.data || cloud.data === undefined ? (
        <main>{error ? <ErrorBar error={error} /> : <Spinner label={t("state-loading")} />}</main>
      ) : (
        <Running
          first={goingOn(
            draft.data ? takenUp(draft.data) : startingFrom(settings.data.next, accounts.data[0]),
            cloud.data !== null,
          )}
        />
      )}
    </>
  );
}

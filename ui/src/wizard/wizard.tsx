import { Button, Spinner } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { emptyMapping, MappingEditor } from "../mapping/editor";
import { PreviewPanel } from "../preview/preview";
import { host } from "../host";
import type { WizardDraft } from "../host/contract";
import { ErrorBar } from "../parts/error-bar";
import { t } from "../texts";
import { CloudStep } from "./cloud";
import { CredentialsStep } from "./credentials";
import { DirectoryStep } from "./directory";
import { FinishStep } from "./finish";
import { startingFrom, STEPS, type StepProps } from "./step";
import { Welcome } from "./welcome";

function Body(props: StepProps) {
  const { draft, put, done } = props;
  const mapping = draft.mapping ?? emptyMapping(draft.credentials.name);
  switch (STEPS[draft.step]) {
    case "cloud":
      return <CloudStep {...props} />;
    case "directory":
      return <DirectoryStep {...props} />;
    case "credentials":
      return <CredentialsStep {...props} />;
    case "mapping":
      return (
        <MappingEditor
          mapping={mapping}
          isNew
          error={null}
          onChange={(next) => {
            put({ mapping: next, previewed: false });
          }}
        />
      );
    case "preview":
      return (
        <>
          <PreviewPanel mapping={mapping} live={false} onSeen={done} />
          {!draft.previewed && <p className="muted">{t("wiz-see-preview")}</p>}
        </>
      );
    case "finish":
      return <FinishStep {...props} />;
    default:
      return <Welcome {...props} />;
  }
}

function Steps({ step }: { step: number }) {
  return (
    <ol className="steps" aria-label={t("wiz-steps")}>
      {STEPS.map((name, i) => (
        <li key={name} aria-current={i === step ? "step" : undefined}>
          <span>{i + 1}</span>
          <span>{t(`wiz-${name}`)}</span>
          {i < step && (
            <span role="img" aria-label={t("wiz-done")}>
              ✓
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

function Running({ first }: { first: WizardDraft }) {
  const [draft, setDraft] = useState(first);
  const [failed, setFailed] = useState<unknown>(null);
  const [ready, setReady] = useState<boolean[]>([]);
  const title = useRef<HTMLHeadingElement>(null);
  const cloud = useQuery({ queryKey: ["cloud"], queryFn: host.cloud });
  const accounts = useQuery({ queryKey: ["accounts"], queryFn: host.accounts });
  useEffect(() => {
    if (draft !== first) host.saveDraft(draft).catch(setFailed);
  }, [draft, first]);
  useEffect(() => {
    title.current?.focus();
  }, [draft.step]);
  const put = (part: Partial<WizardDraft>) => {
    setDraft((old) => ({ ...old, ...part }));
    if (part.directory)
      setReady((old) => {
        const next = [...old];
        next[2] = false;
        return next;
      });
  };
  const name = STEPS[draft.step] ?? "welcome";
  const hasAccount = accounts.data?.some((a) => a.name === draft.credentials.name) ?? false;
  const may = {
    welcome: true,
    cloud: Boolean(cloud.data),
    directory:
      (ready[2] ?? hasAccount) && (draft.directory.security !== "plain" || draft.directory.plain_accepted),
    credentials: hasAccount,
    mapping: Boolean(draft.mapping?.name && draft.mapping.base_dn),
    preview: draft.previewed,
    finish: false,
  }[name];
  const done = () => {
    setReady((old) => {
      const next = [...old];
      next[draft.step] = true;
      return next;
    });
    if (name === "preview") put({ previewed: true });
  };
  return (
    <div className="wizard">
      <Steps step={draft.step} />
      <div className="column">
        <h2 ref={title} tabIndex={-1} style={{ outline: "none" }}>
          {t(`wiz-${name}`)}
        </h2>
        <ErrorBar error={failed} />
        <Body key={name} draft={draft} put={put} done={done} />
        <div className="row">
          {draft.step > 0 && (
            <Button
              onClick={() => {
                put({ step: draft.step - 1 });
              }}
            >
              {t("act-back")}
            </Button>
          )}
          {name !== "finish" && (
            <Button
              appearance="primary"
              disabled={!may}
              onClick={() => {
                put({ step: draft.step + 1 });
              }}
            >
              {t("act-next")}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

/** Seven steps; what is typed is kept by the host as it is typed, except secrets. */
export function Wizard() {
  const draft = useQuery({ queryKey: ["draft"], queryFn: host.draft, gcTime: 0, staleTime: Infinity });
  const settings = useQuery({ queryKey: ["settings"], queryFn: host.settings });
  const error = draft.error ?? settings.error;
  if (draft.data === undefined || !settings.data)
    return error ? <ErrorBar error={error} /> : <Spinner label={t("state-loading")} />;
  return <Running first={draft.data ?? startingFrom(settings.data.next)} />;
}

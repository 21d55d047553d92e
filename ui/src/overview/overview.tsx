import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
} from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { host } from "../host";
import { ErrorBar } from "../parts/error-bar";
import { Progress } from "../parts/progress";
import { useStatus } from "../parts/use-status";
import { Findings } from "../preview/findings";
import { open } from "../screens";
import type { Alert } from "../generated";
import { language, t } from "../texts";
import { failureIn } from "../texts/failures";
import { Cards } from "./cards";
import { Headline } from "./headline";

const words = (alert: Alert): string => {
  const { message, action } = failureIn(language, alert);
  return `${message} ${action}`;
};

export function Overview() {
  const status = useStatus();
  const importNow = useMutation({ mutationFn: async () => host.import(null) });
  const pause = useMutation({
    mutationFn: async (paused: boolean) => (paused ? host.resume() : host.pause()),
  });
  const cancel = useMutation({ mutationFn: async (name: string) => host.cancelImport(name) });
  if (!status.data)
    return status.error ? <ErrorBar error={status.error} /> : <Spinner label={t("state-loading")} />;
  const s = status.data;
  return (
    <div className="column">
      <Headline status={s} />
      <div className="row">
        <Button
          appearance="primary"
          disabled={s.importing.length > 0 || s.mappings === 0}
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
      </div>
      <ErrorBar error={importNow.error ?? pause.error ?? cancel.error} />
      {s.importing.map((p) => (
        <Progress
          key={p.mapping}
          text={t("over-progress", {
            mapping: p.mapping,
            done: p.acknowledged,
            total: p.to_send ?? p.read,
          })}
          done={p.acknowledged}
          total={p.to_send}
          onCancel={() => {
            cancel.mutate(p.mapping);
          }}
        />
      ))}
      {s.awaiting_approval.map((list) => (
        <MessageBar key={list.mapping + list.kind} intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{list.mapping}</MessageBarTitle>{" "}
            {t(`over-held-${list.kind}`, { n: list.people })}
          </MessageBarBody>
          <MessageBarActions>
            <Button
              onClick={() => {
                open("mappings", list.mapping);
              }}
            >
              {t("over-review")}
            </Button>
          </MessageBarActions>
        </MessageBar>
      ))}
      {s.last_imports.map((r) => (
        <Findings key={r.mapping} findings={r.findings ?? []} />
      ))}
      <Cards status={s} />
      <section>
        <h2>{t("over-alerts")}</h2>
        {s.alerts.length === 0 ? (
          <p>{t("over-no-alerts")}</p>
        ) : (
          s.alerts.map((a) => (
            <MessageBar key={a.kind + (a.account ?? "")} intent="error" layout="multiline">
              <MessageBarBody>
                <MessageBarTitle>{t(`alert-${a.kind}`)}</MessageBarTitle> {words(a)}
              </MessageBarBody>
            </MessageBar>
          ))
        )}
      </section>
    </div>
  );
}

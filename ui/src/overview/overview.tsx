import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
} from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import type { Status } from "../generated";
import { host } from "../host";
import { ErrorBar } from "../parts/error-bar";
import { Progress } from "../parts/progress";
import { useStatus } from "../parts/use-status";
import { open } from "../screens";
import { count, t, when } from "../texts";

function Cards({ status }: { status: Status }) {
  const last = status.last_imports[0];
  return (
    <div className="cards">
      <section className="card">
        <h2>{t("over.cloud")}</h2>
        <dl>
          <dt>{t("over.state")}</dt>
          <dd>{t(`cloud.${status.cloud.state}`)}</dd>
          <dt>{t("over.people")}</dt>
          <dd>{count(status.people)}</dd>
        </dl>
      </section>
      <section className="card">
        <h2>{t("over.directory")}</h2>
        <dl>
          <dt>{t("over.accounts")}</dt>
          <dd>{count(status.accounts)}</dd>
          <dt>{t("over.mappings")}</dt>
          <dd>{count(status.mappings)}</dd>
        </dl>
      </section>
      <section className="card">
        <h2>{t("over.imports")}</h2>
        <dl>
          <dt>{t("over.last")}</dt>
          <dd>{last ? when(last.finished_ms) : t("over.never")}</dd>
          <dt>{t("over.next")}</dt>
          <dd>{status.next_import_ms ? when(status.next_import_ms) : t("over.never")}</dd>
        </dl>
      </section>
    </div>
  );
}

export function Overview() {
  const status = useStatus();
  const sync = useMutation({ mutationFn: async () => host.sync(null) });
  const pause = useMutation({
    mutationFn: async (paused: boolean) => (paused ? host.resume() : host.pause()),
  });
  const cancel = useMutation({ mutationFn: async (name: string) => host.cancelSync(name) });
  if (!status.data)
    return status.error ? <ErrorBar error={status.error} /> : <Spinner label={t("state.loading")} />;
  const s = status.data;
  return (
    <div className="column">
      <p style={{ fontSize: 18, margin: 0 }} role="status">
        {s.sentence}
      </p>
      <div className="row">
        <Button
          appearance="primary"
          disabled={s.importing.length > 0 || s.mappings === 0}
          onClick={() => {
            sync.mutate();
          }}
        >
          {t("over.import")}
        </Button>
        <Button
          onClick={() => {
            pause.mutate(s.paused);
          }}
        >
          {t(s.paused ? "over.resume" : "over.pause")}
        </Button>
      </div>
      <ErrorBar error={sync.error ?? pause.error ?? cancel.error} />
      {s.importing.map((p) => (
        <Progress
          key={p.mapping}
          text={t("over.progress", {
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
      {s.last_imports
        .filter((r) => r.awaiting_approval)
        .map((r) => (
          <MessageBar key={r.mapping} intent="warning" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>{r.mapping}</MessageBarTitle> {t("over.held", { n: r.counts.preserve })}
            </MessageBarBody>
            <MessageBarActions>
              <Button
                onClick={() => {
                  open("mappings");
                }}
              >
                {t("over.review")}
              </Button>
            </MessageBarActions>
          </MessageBar>
        ))}
      <Cards status={s} />
      <section>
        <h2>{t("over.alerts")}</h2>
        {s.alerts.length === 0 ? (
          <p>{t("over.noAlerts")}</p>
        ) : (
          s.alerts.map((a) => (
            <MessageBar key={a.kind + (a.account ?? "")} intent="error" layout="multiline">
              <MessageBarBody>
                <MessageBarTitle>{a.message}</MessageBarTitle> {a.action}
              </MessageBarBody>
            </MessageBar>
          ))
        )}
      </section>
    </div>
  );
}

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { host } from "../host";
import type { OwnStart } from "../host/contract";
import { ErrorBar } from "../parts/error-bar";
import { StartChoice } from "../parts/start-choice";
import { Sure } from "../parts/sure";
import { t } from "../texts";

/** The program itself: how it starts, what it is, and how it leaves the cloud. */
export function Program() {
  const client = useQueryClient();
  const about = useQuery({ queryKey: ["about"], queryFn: host.about });
  const cloud = useQuery({ queryKey: ["cloud"], queryFn: host.cloud });
  const starts = useQuery({ queryKey: ["starts"], queryFn: host.starts });
  const start = useMutation({
    mutationFn: async (how: OwnStart) => host.startWith(how),
    onSettled: async () => client.invalidateQueries({ queryKey: ["starts"] }),
  });
  const leave = useMutation({
    mutationFn: async (forget: boolean) => host.unregister(forget),
    onSuccess: async () => client.invalidateQueries(),
  });
  return (
    <section id="at-set-program" className="card column" aria-label={t("set-program")}>
      <h2>{t("set-program")}</h2>
      {starts.data && (
        <StartChoice
          value={starts.data}
          onChange={(how) => {
            start.mutate(how);
          }}
        />
      )}
      {about.data && (
        <dl>
          <dt>{t("set-version")}</dt>
          <dd>{about.data.version}</dd>
          <dt>{t("set-home")}</dt>
          <dd>{about.data.home}</dd>
          <dt>{t("set-secrets")}</dt>
          <dd>{about.data.secrets}</dd>
          {cloud.data && (
            <>
              <dt>{t("over-cloud")}</dt>
              <dd>{cloud.data.url}</dd>
            </>
          )}
        </dl>
      )}
      <ErrorBar error={start.error ?? leave.error} />
      {cloud.data && (
        <div className="row">
          <span>{t("set-leave")}</span>
          <Sure
            act={t("set-leave-do")}
            question={t("set-leave-sure")}
            onYes={() => {
              leave.mutate(leave.isError);
            }}
          />
        </div>
      )}
      {leave.isError && <p className="muted">{t("set-leave-forget")}</p>}
    </section>
  );
}

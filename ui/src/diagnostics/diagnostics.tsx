import { Button, MessageBar, MessageBarBody } from "@fluentui/react-components";
import { CloudRegular } from "@fluentui/react-icons/svg/cloud";
import { CopyRegular } from "@fluentui/react-icons/svg/copy";
import { DesktopRegular } from "@fluentui/react-icons/svg/desktop";
import { ServerRegular } from "@fluentui/react-icons/svg/server";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Hosts } from "../checks/hosts";
import { byPlace } from "../checks/by-host";
import { Page } from "../frame/page";
import type { About, Check } from "../generated";
import { host } from "../host";
import { ErrorBar } from "../parts/error-bar";
import { t, when } from "../texts";
import { Place } from "./place";
import { reportOf, type Ran } from "./report";

async function runChecks(): Promise<Ran> {
  const began = performance.now();
  const checks = await host.checks();
  return { checks, at: Date.now(), ms: Math.round(performance.now() - began) };
}

function Computer({ about, checks }: { about: About | undefined; checks: Check[] | undefined }) {
  return (
    <Place icon={DesktopRegular} title={t("dia-computer")} checks={checks}>
      {about && (
        <dl>
          <dt>{t("dia-program")}</dt>
          <dd>{t("dia-version", { version: about.version })}</dd>
          <dt>{t("dia-runs")}</dt>
          <dd>{t(`dia-runs-${about.engine}`)}</dd>
          <dt>{t("dia-home")}</dt>
          <dd>{about.home}</dd>
          <dt>{t("dia-secrets")}</dt>
          <dd>{about.secrets}</dd>
        </dl>
      )}
    </Place>
  );
}

function Result({ ran }: { ran: Ran }) {
  const failed = ran.checks.filter((check) => check.status === "fail").length;
  return (
    <MessageBar intent={failed > 0 ? "error" : "success"} layout="multiline" role="status">
      <MessageBarBody>
        {t("dia-result", { failed, n: ran.checks.length })} {t("dia-took", { at: when(ran.at), n: ran.ms })}
      </MessageBarBody>
    </MessageBar>
  );
}

function Support() {
  const bundle = useMutation({ mutationFn: host.diagnose });
  return (
    <section className="card column" aria-labelledby="support">
      <h2 id="support">{t("dia-support")}</h2>
      <p>{t("dia-bundle-hint")}</p>
      <div className="row">
        <Button
          disabledFocusable={bundle.isPending}
          onClick={() => {
            bundle.mutate();
          }}
        >
          {t("dia-bundle")}
        </Button>
        <span role="status">{bundle.data && t("dia-saved", { path: bundle.data.path })}</span>
      </div>
      <ErrorBar error={bundle.error} />
    </section>
  );
}

/** Where the cause of a trouble is: this computer, a directory, or the cloud. */
export function Diagnostics() {
  const about = useQuery({ queryKey: ["about"], queryFn: host.about });
  const checks = useMutation({ mutationFn: runChecks });
  const places = checks.data && byPlace(checks.data.checks);
  const copy = useMutation({
    mutationFn: async (ran: Ran) => {
      const { computer, directory, cloud } = byPlace(ran.checks);
      const titled = {
        [t("dia-computer")]: computer,
        [t("dia-directory")]: directory,
        [t("dia-cloud")]: cloud,
      };
      await navigator.clipboard.writeText(reportOf(about.data, titled, ran));
    },
  });
  const commands = (
    <>
      <Button
        appearance="primary"
        disabledFocusable={checks.isPending}
        onClick={() => {
          copy.reset();
          checks.mutate();
        }}
      >
        {t(checks.data ? "act-retry" : "dia-run")}
      </Button>
      <Button
        icon={<CopyRegular />}
        disabledFocusable={!checks.data}
        onClick={() => {
          if (checks.data) copy.mutate(checks.data);
        }}
      >
        {t("dia-copy")}
      </Button>
      <span role="status" className="muted">
        {checks.isPending ? t("dia-running") : copy.isSuccess && t("dia-copied")}
      </span>
    </>
  );
  return (
    <Page title={t("nav-diagnostics")} purpose={t("page-diagnostics")} commands={commands}>
      <ErrorBar error={checks.error ?? copy.error} />
      {checks.data && <Result ran={checks.data} />}
      <div className="places">
        <Computer about={about.data} checks={places?.computer} />
        <Place icon={ServerRegular} title={t("dia-directory")} checks={places ? [] : undefined}>
          {places && <Hosts checks={places.directory} />}
        </Place>
        <Place icon={CloudRegular} title={t("dia-cloud")} checks={places?.cloud} />
      </div>
      <Support />
    </Page>
  );
}

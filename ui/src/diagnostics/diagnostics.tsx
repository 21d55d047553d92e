import { Button } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { Page } from "../frame/page";
import { host } from "../host";
import { CheckList } from "../parts/check-list";
import { ErrorBar } from "../parts/error-bar";
import { t } from "../texts";

export function Diagnostics() {
  const checks = useMutation({ mutationFn: host.checks });
  const bundle = useMutation({ mutationFn: host.diagnose });
  return (
    <Page
      title={t("nav-diagnostics")}
      purpose={t("page-diagnostics")}
      commands={
        <Button
          appearance="primary"
          disabled={checks.isPending}
          onClick={() => {
            checks.mutate();
          }}
        >
          {t(checks.data ? "act-retry" : "dia-run")}
        </Button>
      }
    >
      <ErrorBar error={checks.error} />
      {checks.data && <CheckList checks={checks.data} />}
      <section className="card column" style={{ gap: 8 }}>
        <span>{t("dia-bundle-hint")}</span>
        <div className="row">
          <Button
            disabled={bundle.isPending}
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
    </Page>
  );
}

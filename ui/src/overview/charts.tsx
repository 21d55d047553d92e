import { Skeleton, SkeletonItem } from "@fluentui/react-components";
import { useMemo } from "react";
import { Chart } from "../parts/chart/chart";
import type { Series } from "../parts/chart/types";
import { ErrorBar } from "../parts/error-bar";
import { open } from "../screens";
import { t } from "../texts";
import { importColumns, signInColumns } from "./days";
import { DAYS, useHistory } from "./use-history";

const imports = (): Series[] => [
  { id: "added", name: t("over-added"), look: "good" },
  { id: "updated", name: t("over-updated"), look: "plain" },
  { id: "deactivated", name: t("over-deactivated"), look: "warn" },
  { id: "refused", name: t("over-refused"), look: "bad" },
];
const signIns = (): Series[] => [
  { id: "ok", name: t("chart-ok"), look: "plain" },
  { id: "wrong", name: t("chart-wrong"), look: "bad" },
  { id: "held", name: t("chart-held"), look: "warn" },
  { id: "other", name: t("chart-other"), look: "quiet" },
];

const sumOf = (values: Record<string, number>) => Object.values(values).reduce((sum, n) => sum + n, 0);

/** What imports did by the day, and how sign-ins ended by the hour. */
export function Charts() {
  const { data, error } = useHistory();
  const days = useMemo(() => (data ? importColumns(data.days, data.at, DAYS) : []), [data]);
  const hours = useMemo(() => (data ? signInColumns(data.hours, data.at) : []), [data]);
  if (!data)
    return error ? (
      <ErrorBar error={error} />
    ) : (
      <Skeleton className="charts" aria-label={t("state-loading")}>
        <SkeletonItem style={{ height: 312 }} />
        <SkeletonItem style={{ height: 312 }} />
      </Skeleton>
    );
  const ran = data.days.filter((day) => day.at_ms >= (days[0]?.at ?? 0));
  const n = ran.reduce((sum, day) => sum + day.imports, 0);
  const signedIn = hours.reduce((sum, { values }) => sum + sumOf(values), 0);
  return (
    <div className="charts">
      <Chart
        title={t("chart-imports")}
        total={t("chart-imports-n", { n })}
        empty={n === 0 ? t("chart-imports-none") : t("chart-imports-same", { n })}
        when={t("chart-day")}
        series={imports()}
        columns={days}
        more={t("chart-imports-more")}
        onMore={() => {
          open("imports");
        }}
      />
      <Chart
        title={t("chart-sign-ins")}
        total={t("chart-sign-ins-n", { n: signedIn })}
        empty={t("chart-sign-ins-none")}
        when={t("chart-hour")}
        series={signIns()}
        columns={hours}
        more={t("chart-sign-ins-more")}
        onMore={() => {
          open("sign_ins");
        }}
      />
    </div>
  );
}

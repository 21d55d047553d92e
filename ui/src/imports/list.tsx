import { Field, Select, Spinner } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { Page } from "../frame/page";
import type { ImportRecord, ImportRun } from "../generated";
import { host } from "../host";
import { Empty } from "../parts/empty";
import { ErrorBar } from "../parts/error-bar";
import { type Column, Grid } from "../parts/grid/grid";
import { useStatus } from "../parts/fresh/use-status";
import { open } from "../screens";
import { count, duration, t, when } from "../texts";
import { COUNTED, COUNTS } from "./counts";
import { Running } from "./running";
import { RunState } from "./state";
import { useRuns } from "./use-runs";
import { Waiting } from "./waiting";

/** Whom it was to import, and what started it; changes are started by themselves. */
const ofWhat = ({ kind, mapping, started_by }: ImportRecord) =>
  [t(`imp-of-${kind}`, { mapping }), kind === "full" && started_by && t(`started-${started_by}`)]
    .filter(Boolean)
    .join(" · ");

const COLUMNS: Column<ImportRun>[] = [
  {
    id: "import",
    head: t("imp-import"),
    width: "minmax(0, 1.6fr)",
    cell: ({ record }) => (
      <span className="two-lines">
        <strong>{when(record.finished_ms)}</strong>
        <span className="muted small" title={ofWhat(record)}>
          {ofWhat(record)}
        </span>
      </span>
    ),
  },
  ...COUNTED.map((name): Column<ImportRun> => ({
    id: name,
    head: t(`over-${name}`),
    width: "minmax(72px, 0.5fr)",
    number: true,
    spare: true,
    cell: ({ record }) => count(COUNTS[name](record)),
  })),
  {
    id: "took",
    head: t("imp-took"),
    width: "minmax(104px, 0.5fr)",
    number: true,
    spare: true,
    cell: ({ record }) => duration(record.finished_ms - record.started_ms),
  },
  {
    id: "result",
    head: t("imp-result"),
    width: "minmax(150px, 1.3fr)",
    cell: ({ record }) => <RunState record={record} />,
  },
];

const show = ({ id }: ImportRun) => {
  open("imports", String(id));
};

/** There is none yet: what to do about it. */
function Nothing({ mapping }: { mapping: string }) {
  if (mapping) return <p className="muted">{t("imp-none-of")}</p>;
  return (
    <Empty
      title={t("imp-none")}
      hint={t("imp-none-do")}
      action={t("nav-mappings")}
      onAction={() => {
        open("mappings");
      }}
    />
  );
}

/** What each import did, the newest first; what waits and what is under way before them. */
export function RunList() {
  const [mapping, setMapping] = useState("");
  const mappings = useQuery({ queryKey: ["mappings"], queryFn: host.mappings });
  const status = useStatus().data;
  const { runs, error, hasNextPage, isFetching, fetchNextPage } = useRuns(mapping);
  const there = runs?.length ?? 0;
  const onSight = useCallback(
    (_first: number, last: number) => {
      if (last >= there - 1 && hasNextPage && !isFetching) void fetchNextPage();
    },
    [there, hasNextPage, isFetching, fetchNextPage],
  );
  return (
    <Page title={t("nav-imports")} purpose={t("page-imports")}>
      <Running importing={status?.importing ?? []} />
      <Waiting lists={status?.awaiting_approval ?? []} />
      <ErrorBar error={error} />
      <div className="row">
        <Field label={t("imp-mapping")} orientation="horizontal">
          <Select
            value={mapping}
            onChange={(_e, d) => {
              setMapping(d.value);
            }}
          >
            <option value="">{t("imp-all-mappings")}</option>
            {mappings.data?.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        </Field>
      </div>
      {!runs ? (
        !error && <Spinner label={t("state-loading")} />
      ) : there === 0 ? (
        <Nothing mapping={mapping} />
      ) : (
        <Grid
          label={t("imp-list")}
          columns={COLUMNS}
          count={there}
          row={(index) => runs[index]}
          height={56}
          wraps
          above={300}
          onSight={onSight}
          onOpen={show}
        />
      )}
    </Page>
  );
}

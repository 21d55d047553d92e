import { Button, Field, Input, MessageBar, MessageBarBody, Select } from "@fluentui/react-components";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import type { Change, Mapping } from "../generated";
import { host } from "../host";
import type { PreviewHandle } from "../host/contract";
import { SavedNote } from "../parts/saved";
import { ErrorBar } from "../parts/error-bar";
import { Progress } from "../parts/progress";
import { count, language, t } from "../texts";
import { failureIn } from "../texts/failures";
import { Approval } from "./approval";
import { Findings } from "./findings";
import { Rows } from "./rows";

const CHANGES: Change[] = [
  "create",
  "update",
  "preserve",
  "reactivate",
  "adopt",
  "skip",
  "hold",
  "unchanged",
];

function Seen({ seen, live, toReview }: { seen: PreviewHandle; live: boolean; toReview: boolean }) {
  // Who comes to review the list that waits sees exactly its people.
  const [shown, setShown] = useState((toReview && seen.awaiting_approval[0]?.hash) || "");
  const list = seen.awaiting_approval.find((one) => one.hash === shown)?.hash;
  const change = CHANGES.find((one) => one === shown);
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search.trim()) || undefined;
  const found = useQuery({
    queryKey: ["total", seen.id, change, list, wanted],
    queryFn: async () => host.previewRows(seen.id, { offset: 0, limit: 1, change, list, search: wanted }),
    placeholderData: (old) => old,
  });
  const csv = useMutation({ mutationFn: async () => host.exportPreview(seen.id) });
  const why = seen.error && failureIn(language, seen.error);
  return (
    <div className="column">
      {!seen.complete && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {t("pre-incomplete")} {why && `${why.message} ${why.action}`}
          </MessageBarBody>
        </MessageBar>
      )}
      <Findings findings={seen.findings ?? []} />
      <SavedNote saved={csv.data} />
      <ErrorBar error={csv.error} />
      <div className="row" style={{ alignItems: "end" }}>
        <Field label={t("pre-show")}>
          <Select
            value={shown}
            onChange={(_e, d) => {
              setShown(d.value);
            }}
          >
            {seen.awaiting_approval.map((one) => (
              <option key={one.hash} value={one.hash}>
                {`${t(`list-${one.kind}`)} (${count(one.people)})`}
              </option>
            ))}
            <option value="">{t("change-all")}</option>
            {CHANGES.map((c) => (
              <option key={c} value={c}>{`${t(`change-${c}`)} (${count(seen.counts[c])})`}</option>
            ))}
          </Select>
        </Field>
        <Field label={t("act-search")}>
          <Input
            value={search}
            onChange={(_e, d) => {
              setSearch(d.value);
            }}
          />
        </Field>
        <Button
          onClick={() => {
            csv.mutate();
          }}
        >
          {t("pre-csv")}
        </Button>
        <span role="status">{found.data && t("pre-found", { n: found.data.total })}</span>
      </div>
      <ErrorBar error={csv.error ?? found.error ?? seen.error} />
      <Rows id={seen.id} total={found.data?.total ?? 0} change={change} list={list} search={wanted} />
      {live && seen.awaiting_approval.map((one) => <Approval key={one.hash} list={one} />)}
    </div>
  );
}

/** The preview of a mapping. `live`: the mapping is in use, so a list that waits can be approved; `atOnce`: it runs unasked. */
export function PreviewPanel({
  mapping,
  live,
  atOnce = false,
  onSeen,
  onFailed,
}: {
  mapping: Mapping;
  live: boolean;
  atOnce?: boolean;
  onSeen?: () => void;
  onFailed?: (error: unknown) => void;
}) {
  const [progress, setProgress] = useState(0);
  const stop = useRef<AbortController | null>(null);
  const run = useMutation({
    mutationFn: async () => {
      stop.current = new AbortController();
      setProgress(0);
      return host.preview(mapping, setProgress, stop.current.signal);
    },
    onSuccess: () => {
      onSeen?.();
    },
    onError: onFailed,
  });
  const { mutate } = run;
  useEffect(() => {
    if (atOnce) mutate();
  }, [atOnce, mutate]);
  const id = run.data?.id;
  useEffect(
    () => () => {
      stop.current?.abort();
      if (id) void host.closePreview(id);
    },
    [id],
  );
  return (
    <div className="column">
      <span>{t("pre-intro")}</span>
      {run.isPending ? (
        <Progress
          text={t("pre-reading", { n: progress })}
          done={progress}
          total={null}
          onCancel={() => {
            stop.current?.abort();
          }}
        />
      ) : (
        <div>
          <Button
            appearance={run.data ? "secondary" : "primary"}
            onClick={() => {
              run.mutate();
            }}
          >
            {t(run.data ? "pre-again" : "pre-run")}
          </Button>
        </div>
      )}
      <ErrorBar error={run.error} />
      {run.data && <Seen key={run.data.id} seen={run.data} live={live} toReview={atOnce} />}
    </div>
  );
}

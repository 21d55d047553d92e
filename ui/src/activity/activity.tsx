import { Button, Field, Input, Select } from "@fluentui/react-components";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { Page } from "../frame/page";
import { host } from "../host";
import { SavedNote } from "../parts/saved";
import { ErrorBar } from "../parts/error-bar";
import { usePart } from "../screens";
import { t, when } from "../texts";
import { wordsOf, subjectOf } from "./words";

const KINDS = [
  "import",
  "changes",
  "approval",
  "missed",
  "sign_in",
  "activation",
  "alert",
  "settings",
  "update",
] as const;
const PAGE = 50;

const kindOf = (kind: string): string => {
  const known = KINDS.find((k) => k === kind);
  return known ? t(`log-one-${known}`) : kind;
};

export function Activity() {
  const asked = usePart();
  const [kind, setKind] = useState<string>(KINDS.find((one) => one === asked) ?? "");
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search.trim());
  const pages = useInfiniteQuery({
    queryKey: ["journal", kind, wanted],
    initialPageParam: undefined as number | undefined,
    queryFn: async ({ pageParam }) =>
      host.journal({
        kind: kind || undefined,
        search: wanted || undefined,
        before: pageParam,
        limit: PAGE,
      }),
    getNextPageParam: (last) => (last.length === PAGE ? last.at(-1)?.id : undefined),
  });
  const rows = pages.data?.pages.flat() ?? [];
  const csv = useMutation({
    mutationFn: async () => host.exportJournal({ kind: kind || undefined, search: wanted || undefined }),
  });
  return (
    <Page title={t("nav-activity")} purpose={t("page-activity")}>
      <div className="row" style={{ alignItems: "end" }}>
        <Field label={t("log-kind")}>
          <Select
            value={kind}
            onChange={(_e, d) => {
              setKind(d.value);
            }}
          >
            <option value="">{t("log-all")}</option>
            {KINDS.map((k) => (
              <option key={k} value={k}>
                {t(`log-${k}`)}
              </option>
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
          disabled={rows.length === 0}
          onClick={() => {
            csv.mutate();
          }}
        >
          {t("act-export")}
        </Button>
      </div>
      <ErrorBar error={pages.error ?? csv.error} />
      <SavedNote saved={csv.data} />
      <table>
        <thead>
          <tr>
            <th scope="col">{t("log-time")}</th>
            <th scope="col">{t("log-kind")}</th>
            <th scope="col" className="log-subject">
              {t("log-subject")}
            </th>
            <th scope="col">{t("act-details")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((r) => (
            <tr key={r.id}>
              <td className="time">{when(r.at_ms)}</td>
              <td className="time">{kindOf(r.kind)}</td>
              <td>{subjectOf(r)}</td>
              <td>{wordsOf(r)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {pages.hasNextPage && (
        <div>
          <Button
            disabled={pages.isFetchingNextPage}
            onClick={() => {
              void pages.fetchNextPage();
            }}
          >
            {t("log-more")}
          </Button>
        </div>
      )}
    </Page>
  );
}

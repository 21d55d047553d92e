import { Button, Spinner } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons/svg/add";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Mapping } from "../generated";
import { Page } from "../frame/page";
import { host } from "../host";
import { emptyMapping } from "../mapping/new";
import { answered } from "../parts/fresh/answered";
import { SavedNote } from "../parts/saved";
import { ErrorBar } from "../parts/error-bar";
import { useStatus } from "../parts/fresh/use-status";
import { PreviewPanel } from "../preview/preview";
import { open, useParts } from "../screens";
import { t } from "../texts";
import { EditMapping } from "./edit";
import { MappingList } from "./list";
import { Moved } from "./moved";
import { Proposals } from "./proposals/proposals";
import { Review } from "./proposals/review";
import { PROPOSED } from "./proposals/use-proposals";

type View = { kind: "edit" | "new" | "preview"; mapping: Mapping } | null;

export function Mappings() {
  const client = useQueryClient();
  const list = useQuery({ queryKey: ["mappings"], queryFn: host.mappings });
  const accounts = useQuery({ queryKey: ["accounts"], queryFn: host.accounts });
  const [chosen, setView] = useState<View>(null);
  const status = useStatus();
  const [asked, how] = useParts();
  const move = useMutation({
    mutationFn: async (to: { name: string; at: number; from: number }) => host.moveMapping(to.name, to.at),
    onSuccess: async (next) => {
      await answered(client, ["mappings"], next);
    },
  });
  const remove = useMutation({
    mutationFn: async (name: string) => host.removeMapping(name),
    onSuccess: async () => client.invalidateQueries({ queryKey: ["mappings"] }),
  });
  const save = useMutation({ mutationFn: async () => host.exportMappings() });
  if (how === PROPOSED) return <Review key={asked} name={asked} />;
  const wanted = list.data?.find((m) => m.name === asked);
  const view: View = wanted ? { kind: "preview", mapping: wanted } : chosen;
  if (view?.kind === "preview")
    return (
      <Page
        title={view.mapping.name}
        onBack={() => {
          setView(null);
          open("mappings");
        }}
      >
        <PreviewPanel key={view.mapping.name} mapping={view.mapping} live atOnce={wanted !== undefined} />
      </Page>
    );
  if (view)
    return (
      <EditMapping
        first={view.mapping}
        isNew={view.kind === "new"}
        onClose={() => {
          setView(null);
        }}
      />
    );
  const words = { title: t("nav-mappings"), purpose: t("page-mappings") };
  if (!list.data)
    return (
      <Page {...words}>
        {list.error ? <ErrorBar error={list.error} /> : <Spinner label={t("state-loading")} />}
      </Page>
    );
  const mappings = list.data;
  const commands = (
    <>
      <Button
        appearance="primary"
        icon={<AddRegular />}
        disabled={!accounts.data?.length}
        onClick={() => {
          setView({ kind: "new", mapping: emptyMapping(accounts.data?.[0]?.name ?? "") });
        }}
      >
        {t("maps-new")}
      </Button>
      <Button
        onClick={() => {
          save.mutate();
        }}
      >
        {t("act-export")}
      </Button>
    </>
  );
  return (
    <Page {...words} commands={commands}>
      <ErrorBar error={move.error ?? remove.error ?? save.error} />
      <SavedNote saved={save.data} />
      {move.data && (
        <Moved
          {...move.variables}
          onUndo={() => {
            const { name, at, from } = move.variables;
            move.mutate({ name, at: from, from: at });
          }}
        />
      )}
      <Proposals mappings={mappings} />
      {mappings.length === 0 ? <p>{t("maps-empty")}</p> : <p className="muted">{t("maps-hint")}</p>}
      <MappingList
        mappings={mappings}
        status={status.data}
        onMove={(name, at) => {
          move.mutate({ name, at, from: mappings.findIndex((m) => m.name === name) + 1 });
        }}
        onEdit={(mapping) => {
          setView({ kind: "edit", mapping });
        }}
        onPreview={(mapping) => {
          setView({ kind: "preview", mapping });
        }}
        onRemove={(name) => {
          remove.mutate(name);
        }}
      />
    </Page>
  );
}

import { Button, Spinner } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons/svg/add";
import { ArrowDownRegular } from "@fluentui/react-icons/svg/arrow-down";
import { ArrowUpRegular } from "@fluentui/react-icons/svg/arrow-up";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Mapping } from "../generated";
import { Page } from "../frame/page";
import { host } from "../host";
import { emptyMapping } from "../mapping/new";
import { SavedNote } from "../parts/saved";
import { ErrorBar } from "../parts/error-bar";
import { Sure } from "../parts/sure";
import { PreviewPanel } from "../preview/preview";
import { open, usePart } from "../screens";
import { t } from "../texts";
import { EditMapping } from "./edit";

type View = { kind: "edit" | "new" | "preview"; mapping: Mapping } | null;

export function Mappings() {
  const client = useQueryClient();
  const list = useQuery({ queryKey: ["mappings"], queryFn: host.mappings });
  const accounts = useQuery({ queryKey: ["accounts"], queryFn: host.accounts });
  const [chosen, setView] = useState<View>(null);
  const asked = usePart();
  const [dragged, setDragged] = useState<string | null>(null);
  const move = useMutation({
    mutationFn: async (to: { name: string; at: number }) => host.moveMapping(to.name, to.at),
    onSuccess: (next) => {
      client.setQueryData(["mappings"], next);
    },
  });
  const remove = useMutation({
    mutationFn: async (name: string) => host.removeMapping(name),
    onSuccess: async () => client.invalidateQueries({ queryKey: ["mappings"] }),
  });
  const save = useMutation({ mutationFn: async () => host.exportMappings() });
  const wanted = list.data?.find((m) => m.name === asked);
  const view: View = wanted ? { kind: "preview", mapping: wanted } : chosen;
  if (view?.kind === "preview")
    return (
      <Page
        title={view.mapping.name}
        purpose={t("pre-intro")}
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
      {mappings.length === 0 ? <p>{t("maps-empty")}</p> : <p className="muted">{t("maps-hint")}</p>}
      {mappings.map((m, i) => (
        <section
          key={m.name}
          aria-label={m.name}
          className="card row"
          draggable
          onDragStart={() => {
            setDragged(m.name);
          }}
          onDragOver={(e) => {
            e.preventDefault();
          }}
          onDrop={() => {
            if (dragged && dragged !== m.name) move.mutate({ name: dragged, at: i + 1 });
          }}
        >
          <span style={{ flex: "1 1 220px" }}>
            <strong>
              {i + 1}. {m.name}
            </strong>
            <div className="muted">
              {m.account}, {m.base_dn}
            </div>
          </span>
          <span className="row">
            <Button
              appearance="subtle"
              icon={<ArrowUpRegular />}
              aria-label={t("maps-up", { name: m.name })}
              disabledFocusable={i === 0}
              onClick={() => {
                move.mutate({ name: m.name, at: i });
              }}
            />
            <Button
              appearance="subtle"
              icon={<ArrowDownRegular />}
              aria-label={t("maps-down", { name: m.name })}
              disabledFocusable={i === mappings.length - 1}
              onClick={() => {
                move.mutate({ name: m.name, at: i + 2 });
              }}
            />
          </span>
          <Button
            onClick={() => {
              setView({ kind: "edit", mapping: m });
            }}
          >
            {t("maps-edit")}
          </Button>
          <Button
            onClick={() => {
              setView({ kind: "preview", mapping: m });
            }}
          >
            {t("maps-preview")}
          </Button>
          <Sure
            question={t("maps-remove-sure", { name: m.name })}
            onYes={() => {
              remove.mutate(m.name);
            }}
          />
        </section>
      ))}
    </Page>
  );
}

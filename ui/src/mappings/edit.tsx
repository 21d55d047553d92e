import { Button, MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Mapping } from "../generated";
import { leaving, useUnsaved } from "../frame/leaving";
import { Page } from "../frame/page";
import { host } from "../host";
import { asFailure } from "../host/failure";
import { MappingEditor } from "../mapping/editor";
import { useStatus } from "../parts/fresh/use-status";
import { PreviewPanel } from "../preview/preview";
import { language, t } from "../texts";
import { failureIn } from "../texts/failures";

/** A mapping is changed only after its preview was seen as it stands. */
export function EditMapping({
  first,
  isNew,
  onClose,
}: {
  first: Mapping;
  isNew: boolean;
  onClose: () => void;
}) {
  const [mapping, setMapping] = useState(first);
  const [seen, setSeen] = useState("");
  const client = useQueryClient();
  const last = useStatus().data?.last_imports.find(
    (one) => one.mapping === first.name && one.kind === "full",
  );
  const now = JSON.stringify(mapping);
  const save = useMutation({
    mutationFn: async () => host.putMapping(mapping, isNew),
    onSuccess: async (stored) => {
      await client.invalidateQueries({ queryKey: ["mappings"] });
      if (!stored.unchecked) onClose();
    },
  });
  const unchecked = save.data?.unchecked;
  useUnsaved(now !== JSON.stringify(first) && !save.isSuccess);
  const leave = () => {
    leaving.to(onClose);
  };
  if (unchecked) {
    return (
      <Page title={mapping.name}>
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            <MessageBarTitle>{t("maps-unchecked")}</MessageBarTitle>{" "}
            {failureIn(language, asFailure(unchecked)).message}
          </MessageBarBody>
        </MessageBar>
        <div>
          <Button onClick={onClose}>{t("act-back")}</Button>
        </div>
      </Page>
    );
  }
  return (
    <Page title={isNew ? t("maps-new") : first.name} purpose={t("page-editor")} onBack={leave}>
      <MappingEditor
        mapping={mapping}
        isNew={isNew}
        error={save.error}
        before={isNew ? undefined : last?.read}
        onChange={setMapping}
      />
      <PreviewPanel
        key={now}
        mapping={mapping}
        live={false}
        onSeen={() => {
          setSeen(now);
        }}
        onFailed={(error) => {
          // What is wrong with the mapping, saving tells at its field; a directory that is away hinders nobody.
          if (asFailure(error).code !== "cancelled") setSeen(now);
        }}
      />
      {seen !== now && <p className="muted">{t("maps-first")}</p>}
      <div className="row">
        <Button onClick={leave}>{t("act-cancel")}</Button>
        <Button
          appearance="primary"
          disabled={seen !== now || save.isPending}
          onClick={() => {
            save.mutate();
          }}
        >
          {t("act-save")}
        </Button>
      </div>
    </Page>
  );
}

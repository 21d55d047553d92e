import { Button } from "@fluentui/react-components";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Mapping } from "../generated";
import { host } from "../host";
import { MappingEditor } from "../mapping/editor";
import { PreviewPanel } from "../preview/preview";
import { t } from "../texts";

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
  const now = JSON.stringify(mapping);
  const save = useMutation({
    mutationFn: async () => host.putMapping(mapping),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["mappings"] });
      onClose();
    },
  });
  return (
    <div className="column">
      <MappingEditor mapping={mapping} isNew={isNew} error={save.error} onChange={setMapping} />
      <PreviewPanel
        key={now}
        mapping={mapping}
        live={false}
        onSeen={() => {
          setSeen(now);
        }}
      />
      {seen !== now && <p className="muted">{t("maps-first")}</p>}
      <div className="row">
        <Button onClick={onClose}>{t("act-cancel")}</Button>
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
    </div>
  );
}

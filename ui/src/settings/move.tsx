import { Button, Checkbox, MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Imported } from "../generated";
import { host } from "../host";
import { ErrorBar } from "../parts/error-bar";
import { SavedNote } from "../parts/saved";
import { t } from "../texts";

/** What only a person can do after settings came over. */
function Left({ imported }: { imported: Imported }) {
  const { passwords, next, proxy_password, mappings, accounts } = imported;
  const former = next?.replaces;
  const left = [
    ...passwords.map((name) => t("move.password", { name })),
    ...(former ? [t("move.replace", { host: former.host, id: former.connector_id })] : []),
    ...(next && !former ? [t("move.register")] : []),
    ...(proxy_password ? [t("move.proxyPassword")] : []),
    ...(mappings.length > 0 ? [t("move.preview")] : []),
  ];
  return (
    <MessageBar intent="success" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>
          {t("move.done", { host: imported.host, accounts: accounts.length, mappings: mappings.length })}
        </MessageBarTitle>
        <ol>
          {left.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </MessageBarBody>
    </MessageBar>
  );
}

/** Everything but secrets to another computer, and from it. */
export function Move() {
  const client = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<{ name: string; text: string } | null>(null);
  const [replace, setReplace] = useState(false);
  const give = useMutation({ mutationFn: async () => host.exportSettings() });
  const take = useMutation({
    mutationFn: async (text: string) => host.importSettings(text, replace),
    onSuccess: async () => {
      setFile(null);
      setReplace(false);
      await client.invalidateQueries();
    },
  });
  return (
    <section className="card column narrow" aria-label={t("move.title")}>
      <h2>{t("move.title")}</h2>
      <p className="muted">{t("move.hint")}</p>
      <div>
        <Button
          disabled={give.isPending}
          onClick={() => {
            give.mutate();
          }}
        >
          {t("move.export")}
        </Button>
      </div>
      <ErrorBar error={give.error} />
      <SavedNote saved={give.data} />
      <div className="row">
        <Button onClick={() => picker.current?.click()}>{t("move.choose")}</Button>
        <span>{file?.name}</span>
        <input
          ref={picker}
          type="file"
          accept=".toml"
          hidden
          aria-label={t("move.choose")}
          onChange={(e) => {
            const chosen = e.target.files?.[0];
            e.target.value = "";
            take.reset();
            void chosen?.text().then((text) => {
              setFile({ name: chosen.name, text });
            });
          }}
        />
      </div>
      {file && (
        <>
          <Checkbox
            label={t("move.replaceAll")}
            checked={replace}
            onChange={(_e, d) => {
              setReplace(d.checked === true);
            }}
          />
          <div>
            <Button
              appearance="primary"
              disabled={take.isPending}
              onClick={() => {
                take.mutate(file.text);
              }}
            >
              {t("move.import")}
            </Button>
          </div>
        </>
      )}
      <ErrorBar error={take.error} />
      {take.data && <Left imported={take.data} />}
    </section>
  );
}

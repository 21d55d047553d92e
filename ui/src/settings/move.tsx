import { Button, Checkbox, MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Imported } from "../generated";
import { host } from "../host";
import { failure } from "../host/failure";
import { ErrorBar } from "../parts/error-bar";
import { SavedNote } from "../parts/saved";
import { textOf } from "../parts/text";
import { t } from "../texts";

/** What only a person can do after settings came over. */
function Left({ imported }: { imported: Imported }) {
  const { passwords, next, proxy_password, mappings, accounts } = imported;
  const former = next?.replaces;
  const left = [
    ...passwords.map((name) => t("move-password", { name })),
    ...(former ? [t("move-replace", { host: former.host, id: former.connector_id })] : []),
    ...(next && !former ? [t("move-register")] : []),
    ...(proxy_password ? [t("move-proxy-password")] : []),
    ...(mappings.length > 0 ? [t("move-preview")] : []),
  ];
  return (
    <MessageBar intent="success" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>
          {t("move-done", { host: imported.host, accounts: accounts.length, mappings: mappings.length })}
        </MessageBarTitle>
        {left.length > 0 && (
          <>
            {" "}
            {t("move-left")}
            <ol>
              {left.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </>
        )}
      </MessageBarBody>
    </MessageBar>
  );
}

/** Longest text that the program takes, in bytes. */
const MAX_BYTES = 1024 * 1024;

/** A chosen file, as long as it can be one. */
async function readFile(chosen: File): Promise<{ name: string; text: string }> {
  const other = "Choose a file that an export of the settings wrote.";
  if (chosen.size > MAX_BYTES)
    throw failure("invalid_settings", "The file is larger than 1 MiB.", other, "file");
  try {
    return { name: chosen.name, text: textOf(new Uint8Array(await chosen.arrayBuffer())) };
  } catch {
    throw failure("invalid_settings", "The file cannot be read.", other, "file");
  }
}

/** Everything but secrets to another computer, and from it. */
export function Move({ onTaken }: { onTaken: () => void }) {
  const client = useQueryClient();
  const chooser = useRef<HTMLButtonElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<{ name: string; text: string } | null>(null);
  const [replace, setReplace] = useState(false);
  const read = useMutation({ mutationFn: readFile, onSuccess: setFile });
  const give = useMutation({ mutationFn: async () => host.exportSettings() });
  const take = useMutation({
    mutationFn: async (text: string) => host.importSettings(text, replace),
    onSuccess: async () => {
      setFile(null);
      setReplace(false);
      // The button that had the focus is gone.
      chooser.current?.focus();
      await client.invalidateQueries();
      onTaken();
    },
  });
  return (
    <section id="at-move-title" className="card column" aria-label={t("move-title")}>
      <h2>{t("move-title")}</h2>
      <p className="muted">{t("move-hint")}</p>
      <div>
        <Button
          disabled={give.isPending}
          onClick={() => {
            give.mutate();
          }}
        >
          {t("move-export")}
        </Button>
      </div>
      <ErrorBar error={give.error} />
      <SavedNote saved={give.data} />
      <div className="row">
        <Button ref={chooser} onClick={() => picker.current?.click()}>
          {t("move-choose")}
        </Button>
        <span>{file?.name}</span>
        <input
          ref={picker}
          type="file"
          accept=".toml"
          hidden
          aria-label={t("move-choose")}
          onChange={(e) => {
            const chosen = e.target.files?.[0];
            e.target.value = "";
            take.reset();
            setFile(null);
            if (chosen) read.mutate(chosen);
          }}
        />
      </div>
      {file && (
        <>
          <Checkbox
            label={t("move-replace-all")}
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
              {t("move-import")}
            </Button>
          </div>
        </>
      )}
      <ErrorBar error={read.error ?? take.error} />
      <div role="status">{take.data && <Left imported={take.data} />}</div>
    </section>
  );
}

import {
  Button,
  Checkbox,
  Field,
  Input,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Radio,
  RadioGroup,
} from "@fluentui/react-components";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Update, UpdateInstall, UpdateSettings } from "../generated";
import { host } from "../host";
import { ErrorBar, fieldError } from "../parts/error-bar";
import { useStatus } from "../parts/use-status";
import { language, t, when } from "../texts";
import { failureIn } from "../texts/failures";

/** How far an update is, in words. */
function progress(update: Update): string {
  if (update.state === "available" && update.window) return t("upd-in-window", { window: update.window });
  if (update.failure) {
    const words = failureIn(language, update.failure);
    return `${t("upd-failed")} ${words.message} ${words.action}`;
  }
  return t(`upd-${update.state}`);
}

/** A later version, what is new in it, and the button that installs it. */
export function UpdateBar() {
  const status = useStatus();
  const client = useQueryClient();
  const install = useMutation({
    mutationFn: async () => host.installUpdate(),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ["status"] });
      await client.invalidateQueries({ queryKey: ["update"] });
    },
  });
  const update = status.data?.update;
  if (!update) return null;
  const mayBegin = update.state === "available" || update.state === "failed";
  return (
    <>
      <MessageBar
        intent={update.state === "failed" ? "warning" : "info"}
        layout="multiline"
        aria-label={t("upd-offered", { version: update.version })}
      >
        <MessageBarBody>
          <MessageBarTitle>{t("upd-offered", { version: update.version })}</MessageBarTitle>{" "}
          {progress(update)}
          {update.notes && (
            <details>
              <summary>{t("upd-notes")}</summary>
              <span style={{ whiteSpace: "pre-line" }}>{update.notes}</span>
            </details>
          )}
        </MessageBarBody>
        {mayBegin && (
          <MessageBarActions>
            <Button
              disabled={install.isPending}
              onClick={() => {
                install.mutate();
              }}
            >
              {t(update.state === "failed" ? "upd-again" : "upd-install")}
            </Button>
          </MessageBarActions>
        )}
      </MessageBar>
      {update.state !== "failed" && <ErrorBar error={install.error} />}
    </>
  );
}

/** When updates are looked for and installed. */
export function Updates({ first }: { first: UpdateSettings }) {
  const [values, setValues] = useState(first);
  const client = useQueryClient();
  const known = useQuery({ queryKey: ["update"], queryFn: host.update });
  const save = useMutation({
    mutationFn: async () => host.changeSettings({ updates: values }),
    onSuccess: (next) => {
      client.setQueryData(["settings"], next);
    },
  });
  const check = useMutation({
    mutationFn: async () => host.checkUpdate(),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ["update"] });
      await client.invalidateQueries({ queryKey: ["status"] });
    },
  });
  const put = (part: Partial<UpdateSettings>) => {
    save.reset();
    setValues({ ...values, ...part });
  };
  const view = known.data;
  return (
    <section className="card column narrow" aria-label={t("upd-title")}>
      <h2>{t("upd-title")}</h2>
      <form
        noValidate
        className="column"
        onSubmit={(e) => {
          e.preventDefault();
          save.mutate();
        }}
      >
        <Checkbox
          label={t("upd-daily")}
          checked={values.check}
          onChange={(_e, d) => {
            put({ check: d.checked === true });
          }}
        />
        <Field label={t("upd-when")}>
          <RadioGroup
            value={values.install}
            onChange={(_e, d) => {
              put({ install: d.value as UpdateInstall });
            }}
          >
            <Radio value="ask" label={t("upd-ask")} />
            <Radio value="window" label={t("upd-window")} />
          </RadioGroup>
        </Field>
        {values.install === "window" && (
          <div className="row">
            {(["from", "to"] as const).map((name) => (
              <Field key={name} label={t(`upd-${name}`)} validationMessage={fieldError(save.error, name)}>
                <Input
                  value={values[name]}
                  onChange={(_e, d) => {
                    put({ [name]: d.value });
                  }}
                />
              </Field>
            ))}
          </div>
        )}
        <Field
          label={t("upd-url")}
          hint={t("upd-url-hint")}
          validationMessage={fieldError(save.error, "url")}
        >
          <Input
            value={values.url ?? ""}
            onChange={(_e, d) => {
              put({ url: d.value || null });
            }}
          />
        </Field>
        <ErrorBar error={save.error} except={["from", "to", "url"]} />
        <div className="row">
          <Button type="submit" disabled={save.isPending}>
            {t("act-save")}
          </Button>
          <span role="status">{save.isSuccess && t("set-saved")}</span>
        </div>
      </form>
      <div className="row">
        <Button
          disabled={check.isPending}
          onClick={() => {
            check.mutate();
          }}
        >
          {t("upd-check")}
        </Button>
        <span role="status">
          {view && !view.error && view.checked_ms !== null && !view.update
            ? t("upd-newest", { version: view.installed, at: when(view.checked_ms) })
            : ""}
        </span>
      </div>
      <ErrorBar error={check.error ?? view?.error} />
    </section>
  );
}

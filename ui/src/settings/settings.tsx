import { Button, Checkbox, Field, Input, Select, Spinner } from "@fluentui/react-components";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { placeOf, useGoTo } from "../frame/go-to";
import { Page } from "../frame/page";
import { host } from "../host";
import type { SettingsView } from "../host/contract";
import { ErrorBar, fieldError } from "../parts/error-bar";
import { t } from "../texts";
import { Move } from "./move";
import { Program } from "./program";
import { Proxy } from "./proxy";
import { Updates } from "./updates";

const IMPORT = ["interval_hours", "removal_limit_percent", "removal_limit_people"] as const;
const SIGN_IN = ["wrong_attempts", "window_minutes", "deadline_seconds"] as const;

function Form({ first }: { first: SettingsView }) {
  const [values, setValues] = useState(first);
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: async () => {
      const { log_level, mappings_from_cloud, import: rules, sign_in } = values;
      return host.changeSettings({ log_level, mappings_from_cloud, import: rules, sign_in });
    },
    onSuccess: (next) => {
      client.setQueryData(["settings"], next);
    },
  });
  const put = (part: Partial<SettingsView>) => {
    save.reset();
    setValues({ ...values, ...part });
  };
  return (
    <form
      noValidate
      className="column narrow"
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate();
      }}
    >
      {IMPORT.map((name) => (
        <Field
          key={name}
          id={placeOf(`set-${name}`)}
          label={t(`set-${name}`)}
          validationMessage={fieldError(save.error, name)}
        >
          <Input
            type="number"
            min={1}
            value={String(values.import[name])}
            onChange={(_e, d) => {
              put({ import: { ...values.import, [name]: Number(d.value) } });
            }}
          />
        </Field>
      ))}
      <span className="muted">{t("set-removal-hint")}</span>
      <Checkbox
        root={{ id: placeOf("set-follow-changes") }}
        label={t("set-follow-changes")}
        checked={values.import.follow_changes}
        onChange={(_e, d) => {
          put({ import: { ...values.import, follow_changes: d.checked === true } });
        }}
      />
      {SIGN_IN.map((name) => (
        <Field
          key={name}
          id={placeOf(`set-${name}`)}
          label={t(`set-${name}`)}
          validationMessage={fieldError(save.error, name)}
        >
          <Input
            type="number"
            min={1}
            value={String(values.sign_in[name])}
            onChange={(_e, d) => {
              put({ sign_in: { ...values.sign_in, [name]: Number(d.value) } });
            }}
          />
        </Field>
      ))}
      <Field id={placeOf("set-log")} label={t("set-log")}>
        <Select
          value={values.log_level}
          onChange={(_e, d) => {
            put({ log_level: d.value });
          }}
        >
          {["error", "warn", "info", "debug", "trace"].map((level) => (
            <option key={level}>{level}</option>
          ))}
        </Select>
      </Field>
      <Checkbox
        root={{ id: placeOf("set-from-cloud") }}
        label={t("set-from-cloud")}
        checked={values.mappings_from_cloud}
        onChange={(_e, d) => {
          put({ mappings_from_cloud: d.checked === true });
        }}
      />
      <ErrorBar error={save.error} except={[...IMPORT, ...SIGN_IN]} />
      <div className="row">
        <Button type="submit" appearance="primary" disabled={save.isPending}>
          {t("act-save")}
        </Button>
        <span role="status">{save.isSuccess && t("set-saved")}</span>
      </div>
    </form>
  );
}

export function Settings() {
  const settings = useQuery({ queryKey: ["settings"], queryFn: host.settings });
  const cloud = useQuery({ queryKey: ["cloud"], queryFn: host.cloud });
  // What is in the forms is from before an import; they start anew after it.
  const [taken, setTaken] = useState(0);
  useGoTo(settings.isSuccess);
  const words = { title: t("nav-settings"), purpose: t("page-settings") };
  if (!settings.data)
    return (
      <Page {...words}>
        {settings.error ? <ErrorBar error={settings.error} /> : <Spinner label={t("state-loading")} />}
      </Page>
    );
  return (
    <Page {...words}>
      <Form key={`form-${taken}`} first={settings.data} />
      {cloud.data && <Proxy key={JSON.stringify(settings.data.proxy)} first={settings.data.proxy} />}
      <Move
        onTaken={() => {
          setTaken((before) => before + 1);
        }}
      />
      <Updates key={`updates-${taken}`} first={settings.data.updates} />
      <Program />
    </Page>
  );
}

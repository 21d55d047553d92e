import { Button, Checkbox, Field, Input, Radio, RadioGroup } from "@fluentui/react-components";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { UpdateInstall, UpdateSettings } from "../generated";
import { host } from "../host";
import { ErrorBar, fieldError } from "../parts/error-bar";
import { t, when } from "../texts";

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
    <section id="at-upd-title" className="card column narrow" aria-label={t("upd-title")}>
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

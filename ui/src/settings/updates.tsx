import { Button, Checkbox, Field, Input, Radio, RadioGroup } from "@fluentui/react-components";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { placeOf } from "../frame/go-to";
import type { UpdateInstall, UpdateSettings } from "../generated";
import { host } from "../host";
import { ErrorBar, fieldError } from "../parts/error-bar";
import { t, when } from "../texts";
import { Card, type CardProps } from "./cards";

/** When updates are looked for and installed. */
export function Updates({ values, put, error }: CardProps) {
  const client = useQueryClient();
  const known = useQuery({ queryKey: ["update"], queryFn: host.update });
  const check = useMutation({
    mutationFn: async () => host.checkUpdate(),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ["update"] });
      await client.invalidateQueries({ queryKey: ["status"] });
    },
  });
  const { updates } = values;
  const set = (part: Partial<UpdateSettings>) => {
    put({ updates: { ...updates, ...part } });
  };
  const view = known.data;
  return (
    <Card title="upd-title" id={placeOf("upd-title")}>
      <Checkbox
        label={t("upd-daily")}
        checked={updates.check}
        onChange={(_e, d) => {
          set({ check: d.checked === true });
        }}
      />
      <Field label={t("upd-when")}>
        <RadioGroup
          value={updates.install}
          onChange={(_e, d) => {
            set({ install: d.value as UpdateInstall });
          }}
        >
          <Radio value="ask" label={t("upd-ask")} />
          <Radio value="window" label={t("upd-window")} />
        </RadioGroup>
      </Field>
      {updates.install === "window" && (
        <div className="row">
          {(["from", "to"] as const).map((name) => (
            <Field key={name} label={t(`upd-${name}`)} validationMessage={fieldError(error, name)}>
              <Input
                value={updates[name]}
                onChange={(_e, d) => {
                  set({ [name]: d.value });
                }}
              />
            </Field>
          ))}
        </div>
      )}
      <Field label={t("upd-url")} hint={t("upd-url-hint")} validationMessage={fieldError(error, "url")}>
        <Input
          value={updates.url ?? ""}
          onChange={(_e, d) => {
            set({ url: d.value || null });
          }}
        />
      </Field>
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
    </Card>
  );
}

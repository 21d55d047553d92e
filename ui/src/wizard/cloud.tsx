import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  Radio,
  RadioGroup,
} from "@fluentui/react-components";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { host } from "../host";
import { CheckList } from "../parts/check-list";
import { ErrorBar, fieldError } from "../parts/error-bar";
import { PemField } from "../parts/pem-field";
import { t } from "../texts";
import { ProxyPart } from "./proxy-part";
import { CLOUDS, type StepProps } from "./step";

export function CloudStep({ draft, put, done }: StepProps) {
  const { cloud } = draft;
  const client = useQueryClient();
  const registered = useQuery({ queryKey: ["cloud"], queryFn: host.cloud });
  const settings = useQuery({ queryKey: ["settings"], queryFn: host.settings });
  const former = settings.data?.next?.replaces;
  const [key, setKey] = useState("");
  const [password, setPassword] = useState("");
  const address = {
    url: cloud.url,
    ca_pem: cloud.ca_pem,
    ...(cloud.proxy ? { proxy: { ...cloud.proxy, ...(password ? { password } : {}) } } : {}),
  };
  const scim = cloud.place === "scim";
  const check = useMutation({ mutationFn: async () => host.checkCloud(address) });
  const register = useMutation({
    mutationFn: async () =>
      scim ? host.registerScim({ ...address, token: key }) : host.registerCloud({ ...address, key }),
    onSuccess: (view) => {
      setKey("");
      setPassword("");
      client.setQueryData(["cloud"], view);
      void client.invalidateQueries({ queryKey: ["settings"] });
      done();
    },
  });
  if (registered.data) {
    const still = register.data?.still;
    return (
      <div className="column narrow">
        <p role="status">{t("cl-registered", { url: registered.data.url })}</p>
        {still && (
          <MessageBar intent="warning" layout="multiline" role="alert">
            <MessageBarBody>{t("cl-still", { host: still.host, id: still.connector_id })}</MessageBarBody>
          </MessageBar>
        )}
      </div>
    );
  }
  const set = (part: Partial<typeof cloud>) => {
    check.reset();
    put({ cloud: { ...cloud, ...part } });
  };
  return (
    <form
      className="column narrow"
      onSubmit={(e) => {
        e.preventDefault();
        register.mutate();
      }}
    >
      <Field label={t("cl-place")}>
        <RadioGroup
          value={cloud.place}
          onChange={(_e, d) => {
            const place = d.value as typeof cloud.place;
            set({ place, url: place === "public" || place === "gov" ? CLOUDS[place] : "" });
          }}
        >
          <Radio value="public" label={t("cl-public")} />
          <Radio value="gov" label={t("cl-gov")} />
          <Radio value="other" label={t("cl-other")} />
          <Radio value="scim" label={t("cl-scim")} />
        </RadioGroup>
      </Field>
      {scim && <p className="muted">{t("cl-scim-hint")}</p>}
      {(cloud.place === "other" || scim) && (
        <Field label={t("cl-url")} validationMessage={fieldError(check.error ?? register.error, "url")}>
          <Input
            value={cloud.url}
            onChange={(_e, d) => {
              set({ url: d.value });
            }}
          />
        </Field>
      )}
      <ProxyPart
        ca={
          <PemField
            label={t("cl-ca")}
            hint={t("cl-ca-hint")}
            value={cloud.ca_pem}
            error={fieldError(check.error ?? register.error, "ca")}
            onChange={(ca_pem) => {
              set({ ca_pem });
            }}
          />
        }
        open={cloud.place === "other" || scim}
        proxy={cloud.proxy}
        password={password}
        onChange={(proxy) => {
          set({ proxy });
        }}
        onPassword={setPassword}
      />
      <div>
        <Button
          disabled={check.isPending}
          onClick={() => {
            check.mutate();
          }}
        >
          {t("cl-check")}
        </Button>
      </div>
      {check.data && <CheckList checks={check.data} />}
      <ErrorBar error={check.error} except={["url", "ca"]} />
      {former && <p>{t("cl-replaces", { host: former.host, id: former.connector_id })}</p>}
      <Field
        label={t(scim ? "cl-token" : "cl-key")}
        hint={scim ? undefined : t("cl-key-hint")}
        validationMessage={fieldError(register.error, "key") ?? fieldError(register.error, "token")}
      >
        <Input
          type="password"
          autoComplete="off"
          value={key}
          onChange={(_e, d) => {
            setKey(d.value);
          }}
        />
      </Field>
      <ErrorBar error={register.error} except={["key", "token", "url", "ca"]} />
      <div>
        <Button type="submit" appearance="primary" disabled={register.isPending}>
          {t(scim ? "cl-join" : "cl-register")}
        </Button>
      </div>
    </form>
  );
}

import { Button, Field, Input, Radio, RadioGroup } from "@fluentui/react-components";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { host } from "../../host";
import { answered } from "../../parts/fresh/answered";
import { CheckList } from "../../parts/check-list";
import { ErrorBar, fieldError } from "../../parts/error-bar";
import { PemField } from "../../parts/pem/pem-field";
import { t } from "../../texts";
import { ProxyPart } from "./proxy-part";
import { FoundBefore } from "./found-before";
import { Registered } from "./registered";
import { CLOUDS, type StepProps } from "../step";
import { StepFrame } from "../step-frame";

/** The cloud, and the registration with it: done by the step's own button. */
export function CloudStep(props: StepProps) {
  const { draft, put, done, close } = props;
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
  const [empty, setEmpty] = useState(false);
  const check = useMutation({ mutationFn: async () => host.checkCloud(address) });
  const register = useMutation({
    mutationFn: async () =>
      scim ? host.registerScim({ ...address, token: key }) : host.registerCloud({ ...address, key }),
    onSuccess: async (view) => {
      setKey("");
      setPassword("");
      await answered(client, ["cloud"], view);
      void client.invalidateQueries({ queryKey: ["settings"] });
      // What else is to be done about a former connector is read first.
      if (!view.still) done();
    },
  });
  if (registered.data) return <Registered {...props} view={registered.data} still={register.data?.still} />;
  const set = (part: Partial<typeof cloud>) => {
    check.reset();
    put({ cloud: { ...cloud, ...part } });
  };
  const urlError = fieldError(check.error ?? register.error, "url");
  const keyError = empty
    ? t(scim ? "cl-token-empty" : "cl-key-empty")
    : (fieldError(register.error, "key") ?? fieldError(register.error, "token"));
  return (
    <StepFrame
      close={close}
      primary={{
        label: t(scim ? "wiz-join" : "wiz-register"),
        busy: register.isPending,
        act: () => {
          setEmpty(key.trim() === "");
          if (key.trim()) register.mutate();
        },
      }}
      side={
        <>
          <ErrorBar error={register.error} except={["key", "token", "url", "ca"]} />
          <ErrorBar error={check.error} except={["url", "ca"]} />
          {check.data && <CheckList checks={check.data} />}
        </>
      }
    >
      <FoundBefore draft={draft} put={put} />
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
        <Field label={t("cl-url")} validationMessage={urlError}>
          <Input
            value={cloud.url}
            onChange={(_e, d) => {
              set({ url: d.value });
            }}
          />
        </Field>
      )}
      {former && <p>{t("cl-replaces", { host: former.host, id: former.connector_id })}</p>}
      <Field
        label={t(scim ? "cl-token" : "cl-key")}
        hint={scim ? undefined : t("cl-key-hint")}
        validationMessage={keyError}
      >
        <Input
          type="password"
          autoComplete="off"
          value={key}
          onChange={(_e, d) => {
            setEmpty(false);
            setKey(d.value);
          }}
        />
      </Field>
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
        url={cloud.url}
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
    </StepFrame>
  );
}

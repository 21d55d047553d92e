import { Button, Field, Input, Radio, RadioGroup, Textarea } from "@fluentui/react-components";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useUnsaved } from "../frame/leaving";
import type { AccountView, AttributeNames, Security } from "../generated";
import { host } from "../host";
import { ErrorBar, fieldError } from "../parts/error-bar";
import { PemField } from "../parts/pem/pem-field";
import { t } from "../texts";

const ATTRIBUTES = ["email", "user_name", "display_name", "unique_id", "enabled"] as const;

/** How an account is reached and read; kept only when the directory answers that way. */
export function EditAccount({ account }: { account: AccountView }) {
  const client = useQueryClient();
  const [servers, setServers] = useState(account.servers.join("\n"));
  const [domain, setDomain] = useState(account.domain ?? "");
  const [security, setSecurity] = useState<Security>(account.security);
  const [pem, setPem] = useState<string | null>(null);
  const [bindName, setBindName] = useState(account.bind_name);
  const [password, setPassword] = useState("");
  const [attributes, setAttributes] = useState<AttributeNames>(account.attributes);
  const typed = [servers, domain, security, pem ?? "", bindName, password, JSON.stringify(attributes)];
  const kept = [
    account.servers.join("\n"),
    account.domain ?? "",
    account.security,
    "",
    account.bind_name,
    "",
  ];
  useUnsaved(typed.join("\0") !== [...kept, JSON.stringify(account.attributes)].join("\0"));
  const save = useMutation({
    mutationFn: async () =>
      host.changeAccount(account.name, {
        servers: servers.split(/[\s,;]+/).filter(Boolean),
        domain,
        security,
        bind_name: bindName,
        attributes,
        ...(password ? { password } : {}),
        ...(pem ? { ca_pem: pem } : {}),
      }),
    onSuccess: async () => {
      setPassword("");
      setPem(null);
      await Promise.all(
        ["accounts", "test-account", "certificates"].map((key) =>
          client.invalidateQueries({ queryKey: [key] }),
        ),
      );
    },
    gcTime: 0,
  });
  return (
    <form
      className="column"
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate();
      }}
    >
      <Field
        label={t("dir-servers")}
        hint={t("dir-servers-hint")}
        validationMessage={fieldError(save.error, "servers")}
      >
        <Textarea
          value={servers}
          onChange={(_e, d) => {
            setServers(d.value);
          }}
        />
      </Field>
      <Field label={t("dir-domain")} validationMessage={fieldError(save.error, "domain")}>
        <Input
          value={domain}
          onChange={(_e, d) => {
            setDomain(d.value);
          }}
        />
      </Field>
      <Field label={t("dir-security")}>
        <RadioGroup
          value={security}
          onChange={(_e, d) => {
            setSecurity(d.value as Security);
          }}
        >
          <Radio value="ldaps" label={t("dir-ldaps")} />
          <Radio value="starttls" label={t("dir-starttls")} />
          {account.security === "plain" && <Radio value="plain" label={t("dir-plain")} />}
        </RadioGroup>
      </Field>
      <PemField
        label={t("acc-new-ca")}
        hint={t("acc-new-ca-hint")}
        value={pem}
        error={fieldError(save.error, "ca")}
        onChange={setPem}
      />
      <Field label={t("acc-bind-name")} validationMessage={fieldError(save.error, "bind_name")}>
        <Input
          value={bindName}
          onChange={(_e, d) => {
            setBindName(d.value);
          }}
        />
      </Field>
      <Field
        label={t("acc-password-again")}
        hint={t("acc-password-again-hint")}
        validationMessage={fieldError(save.error, "password")}
      >
        <Input
          type="password"
          autoComplete="off"
          value={password}
          onChange={(_e, d) => {
            setPassword(d.value);
          }}
        />
      </Field>
      <fieldset>
        <legend>{t("acc-attributes")}</legend>
        <p className="muted">{t("acc-attributes-hint")}</p>
        {ATTRIBUTES.map((name) => (
          <Field key={name} label={t(`attr-${name}`)} validationMessage={fieldError(save.error, name)}>
            <Input
              value={attributes[name] ?? ""}
              onChange={(_e, d) => {
                const { [name]: _former, ...rest } = attributes;
                setAttributes(d.value ? { ...rest, [name]: d.value } : rest);
              }}
            />
          </Field>
        ))}
      </fieldset>
      <ErrorBar
        error={save.error}
        except={["servers", "domain", "ca", "bind_name", "password", ...ATTRIBUTES]}
      />
      <div className="row">
        <Button type="submit" appearance="primary" disabledFocusable={save.isPending}>
          {t("act-save")}
        </Button>
        <span role="status">{save.isSuccess && t("set-saved")}</span>
      </div>
    </form>
  );
}

import { Button, Field, Input } from "@fluentui/react-components";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { host } from "../host";
import { CheckList } from "../parts/check-list";
import { ErrorBar, fieldError } from "../parts/error-bar";
import { t } from "../texts";
import { serversOf, type StepProps } from "./step";

export function CredentialsStep({ draft, put, done }: StepProps) {
  const { credentials, directory } = draft;
  const client = useQueryClient();
  const [password, setPassword] = useState("");
  const set = (part: Partial<typeof credentials>) => {
    put({ credentials: { ...credentials, ...part } });
  };
  const add = useMutation({
    mutationFn: async () =>
      host.addAccount({
        account: {
          name: credentials.name,
          kind: "auto",
          servers: serversOf(draft),
          security: directory.security,
          bind_name: credentials.bind_name,
          ...(directory.domain ? { domain: directory.domain } : {}),
          ...(directory.ca_pem ? { ca_pem: directory.ca_pem } : {}),
        },
        password,
        untested: false,
      }),
    onSuccess: () => {
      setPassword("");
      void client.invalidateQueries({ queryKey: ["accounts"] });
      done();
    },
    gcTime: 0,
  });
  return (
    <form
      className="column narrow"
      onSubmit={(e) => {
        e.preventDefault();
        add.mutate();
      }}
    >
      <Field label={t("cred-name")} validationMessage={fieldError(add.error, "name")}>
        <Input
          value={credentials.name}
          onChange={(_e, d) => {
            set({ name: d.value });
          }}
        />
      </Field>
      <Field
        label={t("cred-bind")}
        hint={t("cred-bind-hint")}
        validationMessage={fieldError(add.error, "bind_name")}
      >
        <Input
          value={credentials.bind_name}
          onChange={(_e, d) => {
            set({ bind_name: d.value });
          }}
        />
      </Field>
      <Field
        label={t("cred-password")}
        hint={t("cred-password-hint")}
        validationMessage={fieldError(add.error, "password")}
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
      <ErrorBar error={add.error} except={["name", "bind_name", "password"]} />
      <div>
        <Button type="submit" appearance="primary" disabled={add.isPending}>
          {t("cred-connect")}
        </Button>
      </div>
      {add.data && (
        <>
          <p role="status">{t("cred-kept")}</p>
          <CheckList checks={add.data.checks} />
        </>
      )}
    </form>
  );
}

import { Button, Field, Input, Textarea } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { host } from "../../host";
import { ErrorBar, fieldError } from "../../parts/error-bar";
import { t } from "../../texts";
import { Protection } from "./protection";
import { serversOf, type StepProps } from "../step";
import { StepFrame } from "../step-frame";
import { Seen } from "./seen";
import { useConnect } from "./use-connect";

/** What is said at its field instead of in a bar. */
const FIELDS = ["servers", "domain", "ca", "name", "bind_name", "password"];

/** A directory and the account that reads it: looked at, then stored by the step's own button. */
export function DirectoryStep(props: StepProps & { closing?: string }) {
  const { draft, put, done, back, close, closing } = props;
  const { directory, credentials } = draft;
  const [password, setPassword] = useState("");
  const { probe, connect, stored, asStored } = useConnect(props);
  const error = connect.error ?? probe.error;
  const set = (part: Partial<typeof directory>) => {
    probe.reset();
    connect.reset();
    put({ directory: { ...directory, ...part } });
  };
  const name = (part: Partial<typeof credentials>) => {
    connect.reset();
    put({ credentials: { ...credentials, ...part } });
  };
  const find = useMutation({
    mutationFn: async () => host.findServers(directory.domain),
    onSuccess: (found) => {
      set({ servers: found.join("\n") });
    },
  });
  const plain = directory.security === "plain" && !directory.plain_accepted;
  const connectNow = () => {
    connect.mutate(password, {
      onSuccess: () => {
        setPassword("");
        done();
      },
    });
  };
  const act = () => {
    if (asStored && !password) done();
    else if (probe.data?.trusted || asStored) connectNow();
    else
      probe.mutate(directory.ca_pem, {
        onSuccess: (seen) => {
          if (seen.trusted && seen.checks.every((c) => c.status !== "fail")) connectNow();
        },
      });
  };
  return (
    <StepFrame
      back={back}
      close={close}
      closing={closing}
      primary={{
        label: t(asStored && !password ? "act-next" : "wiz-connect"),
        act,
        busy: probe.isPending || connect.isPending,
        wants: plain && t("wiz-need-plain"),
      }}
      side={
        <Seen
          probe={probe.data}
          error={<ErrorBar error={error ?? find.error} except={FIELDS} />}
          connected={asStored && !probe.data}
          onTrust={(pem) => {
            set({ ca_pem: pem });
            probe.mutate(pem);
          }}
        />
      }
    >
      <Field label={t("dir-domain")} validationMessage={fieldError(find.error, "domain")}>
        <Input
          value={directory.domain}
          contentAfter={
            <Button
              size="small"
              appearance="transparent"
              disabled={find.isPending}
              onClick={() => {
                find.mutate();
              }}
            >
              {t("dir-find")}
            </Button>
          }
          onChange={(_e, d) => {
            set({ domain: d.value });
          }}
        />
      </Field>
      <Field
        label={t("dir-servers")}
        hint={t("dir-servers-hint")}
        validationMessage={fieldError(error, "servers")}
      >
        <Textarea
          rows={2}
          value={directory.servers}
          onChange={(_e, d) => {
            set({ servers: d.value });
          }}
        />
      </Field>
      <div>
        <Button
          disabled={plain || probe.isPending || serversOf(draft).length === 0}
          onClick={() => {
            probe.mutate(directory.ca_pem);
          }}
        >
          {t("dir-probe")}
        </Button>
      </div>
      <Field
        label={t("cred-bind")}
        hint={t("cred-bind-hint")}
        validationMessage={fieldError(connect.error, "bind_name")}
      >
        <Input
          value={credentials.bind_name}
          onChange={(_e, d) => {
            name({ bind_name: d.value });
          }}
        />
      </Field>
      <Field
        label={t("cred-password")}
        hint={t("cred-password-hint")}
        validationMessage={fieldError(connect.error, "password")}
      >
        <Input
          type="password"
          autoComplete="off"
          value={password}
          onChange={(_e, d) => {
            connect.reset();
            setPassword(d.value);
          }}
        />
      </Field>
      <Protection directory={directory} error={probe.error ?? connect.error} onChange={set} />
      <Field label={t("cred-name")} validationMessage={fieldError(connect.error, "name")}>
        <Input
          disabled={stored && draft.connected !== null}
          value={credentials.name}
          onChange={(_e, d) => {
            name({ name: d.value });
          }}
        />
      </Field>
    </StepFrame>
  );
}

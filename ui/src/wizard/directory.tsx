import { Button, Checkbox, Field, Input, Radio, RadioGroup, Textarea } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import type { Security } from "../generated";
import { host } from "../host";
import { CheckList } from "../parts/check-list";
import { ErrorBar, fieldError } from "../parts/error-bar";
import { PemField } from "../parts/pem-field";
import { t } from "../texts";
import { Chain } from "./chain";
import { serversOf, type StepProps } from "./step";

export function DirectoryStep({ draft, put, done }: StepProps) {
  const { directory } = draft;
  const find = useMutation({
    mutationFn: async () => host.findServers(directory.domain),
    onSuccess: (found) => {
      set({ servers: found.join("\n") });
    },
  });
  const probe = useMutation({
    mutationFn: async (ca: string | null) =>
      host.probeServer({
        servers: serversOf(draft),
        domain: directory.domain || undefined,
        security: directory.security,
        ca_pem: ca ?? undefined,
      }),
    onSuccess: (seen) => {
      if (seen.checks.every((c) => c.status !== "fail")) done();
    },
  });
  const set = (part: Partial<typeof directory>) => {
    probe.reset();
    put({ directory: { ...directory, ...part } });
  };
  const refused = directory.security === "plain" && !directory.plain_accepted;
  return (
    <form
      className="column narrow"
      onSubmit={(e) => {
        e.preventDefault();
        if (!refused) probe.mutate(directory.ca_pem);
      }}
    >
      <Field label={t("dir-domain")} validationMessage={fieldError(find.error, "domain")}>
        <Input
          value={directory.domain}
          onChange={(_e, d) => {
            set({ domain: d.value });
          }}
        />
      </Field>
      <div>
        <Button
          disabled={find.isPending}
          onClick={() => {
            find.mutate();
          }}
        >
          {t("dir-find")}
        </Button>
      </div>
      <ErrorBar error={find.error} except={["domain"]} />
      <Field
        label={t("dir-servers")}
        hint={t("dir-servers-hint")}
        validationMessage={fieldError(probe.error, "servers")}
      >
        <Textarea
          value={directory.servers}
          onChange={(_e, d) => {
            set({ servers: d.value });
          }}
        />
      </Field>
      <Field label={t("dir-security")}>
        <RadioGroup
          value={directory.security}
          onChange={(_e, d) => {
            set({ security: d.value as Security, plain_accepted: false });
          }}
        >
          <Radio value="ldaps" label={t("dir-ldaps")} />
          <Radio value="starttls" label={t("dir-starttls")} />
          <Radio value="plain" label={t("dir-plain")} />
        </RadioGroup>
      </Field>
      {directory.security === "plain" && (
        <Checkbox
          label={t("dir-plain-warn")}
          checked={directory.plain_accepted}
          onChange={(_e, d) => {
            set({ plain_accepted: d.checked === true });
          }}
        />
      )}
      {directory.security !== "plain" && (
        <details
          className="card"
          open={directory.ca_pem !== null || fieldError(probe.error, "ca") !== undefined}
        >
          <summary>{t("dir-ca")}</summary>
          <PemField
            label={t("dir-ca-field")}
            hint={t("dir-ca-hint")}
            value={directory.ca_pem}
            error={fieldError(probe.error, "ca")}
            onChange={(ca_pem) => {
              set({ ca_pem });
            }}
          />
        </details>
      )}
      <div>
        <Button type="submit" appearance="primary" disabled={refused || probe.isPending}>
          {t("dir-probe")}
        </Button>
      </div>
      <ErrorBar error={probe.error} except={["servers", "ca"]} />
      {probe.data && (
        <>
          {probe.data.kind !== "auto" && (
            <dl>
              <dt>{t("dir-kind")}</dt>
              <dd>{t(`kind-${probe.data.kind}`)}</dd>
              <dt>{t("dir-bases")}</dt>
              <dd>{probe.data.bases.join(", ")}</dd>
            </dl>
          )}
          <CheckList checks={probe.data.checks} />
          <Chain
            probe={probe.data}
            onTrust={(pem) => {
              set({ ca_pem: pem });
              probe.mutate(pem);
            }}
          />
        </>
      )}
    </form>
  );
}

import { Checkbox, Field, Radio, RadioGroup } from "@fluentui/react-components";
import type { Security } from "../../generated";
import type { WizardDraft } from "../../host/contract";
import { fieldError } from "../../parts/error-bar";
import { PemField } from "../../parts/pem/pem-field";
import { t } from "../../texts";

type Directory = WizardDraft["directory"];

/** How the connection to a directory is protected, and whose certificates are trusted. */
export function Protection(props: {
  directory: Directory;
  error: unknown;
  onChange: (part: Partial<Directory>) => void;
}) {
  const { directory, error, onChange } = props;
  const ca = fieldError(error, "ca");
  return (
    <>
      <Field label={t("dir-security")}>
        <RadioGroup
          value={directory.security}
          onChange={(_e, d) => {
            onChange({ security: d.value as Security, plain_accepted: false });
          }}
        >
          <Radio value="ldaps" label={t("dir-ldaps")} />
          <Radio value="starttls" label={t("dir-starttls")} />
          <Radio value="plain" label={t("dir-plain")} />
        </RadioGroup>
      </Field>
      {directory.security === "plain" ? (
        <Checkbox
          label={t("dir-plain-warn")}
          checked={directory.plain_accepted}
          onChange={(_e, d) => {
            onChange({ plain_accepted: d.checked === true });
          }}
        />
      ) : (
        <details className="card" open={ca !== undefined || undefined}>
          <summary>{t("dir-ca")}</summary>
          <PemField
            label={t("dir-ca-field")}
            hint={t("dir-ca-hint")}
            value={directory.ca_pem}
            error={ca}
            onChange={(ca_pem) => {
              onChange({ ca_pem });
            }}
          />
        </details>
      )}
    </>
  );
}

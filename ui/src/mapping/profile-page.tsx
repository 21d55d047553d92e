import { Checkbox, Field, Input } from "@fluentui/react-components";
import type { Mapping } from "../generated";
import { NumberField } from "../parts/number-field";
import { t } from "../texts";

export function ProfilePage({
  mapping,
  onChange,
}: {
  mapping: Mapping;
  onChange: (part: Partial<Mapping>) => void;
}) {
  return (
    <div className="column narrow">
      <Field label={t("map-profile")}>
        <Input
          value={mapping.profile ?? ""}
          onChange={(_e, d) => {
            onChange({ profile: d.value || undefined });
          }}
        />
      </Field>
      <Field label={t("map-storage")}>
        <Input
          value={mapping.storage ?? ""}
          onChange={(_e, d) => {
            onChange({ storage: d.value || undefined });
          }}
        />
      </Field>
      <NumberField
        label={t("map-quota")}
        hint={t("map-quota-hint")}
        optional
        min={1}
        value={mapping.quota_gb}
        onChange={(quota_gb) => {
          onChange({ quota_gb });
        }}
      />
      <div>
        <div>
          <Checkbox
            label={t("map-auto")}
            checked={mapping.auto_import}
            onChange={(_e, d) => {
              onChange({ auto_import: d.checked === true });
            }}
          />
        </div>
        <div>
          <Checkbox
            label={t("map-email")}
            checked={mapping.activation_email}
            onChange={(_e, d) => {
              onChange({ activation_email: d.checked === true });
            }}
          />
        </div>
        <div>
          <Checkbox
            label={t("map-mass")}
            checked={mapping.mass_deployment}
            onChange={(_e, d) => {
              onChange({ mass_deployment: d.checked === true });
            }}
          />
        </div>
      </div>
    </div>
  );
}

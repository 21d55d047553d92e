import { Field, Radio, RadioGroup } from "@fluentui/react-components";
import type { OwnStart, Start } from "../host/contract";
import { t } from "../texts";

/** How the connector starts. Where a service has the home there is nothing to choose, and nothing is pretended. */
export function StartChoice({ value, onChange }: { value: Start; onChange: (start: OwnStart) => void }) {
  if (value === "service") return <p>{t("fin-service")}</p>;
  return (
    <div className="column" style={{ gap: 6 }}>
      <Field label={t("fin-start")}>
        <RadioGroup
          value={value}
          onChange={(_e, d) => {
            onChange(d.value as OwnStart);
          }}
        >
          <Radio value="log_on" label={t("fin-logon")} />
          <Radio value="by_hand" label={t("fin-by-hand")} />
        </RadioGroup>
      </Field>
      <p className="muted" style={{ margin: 0 }}>
        {t("fin-as-service")}
      </p>
    </div>
  );
}

import { Checkbox, Field, Select } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { placeOf } from "../frame/go-to";
import type { SettingsView } from "../host/contract";
import { fieldError } from "../parts/error-bar";
import { NumberField } from "../parts/number-field";
import { t, type TextId } from "../texts";

const IMPORT = ["interval_hours", "removal_limit_percent", "removal_limit_people"] as const;
const SIGN_IN = ["wrong_attempts", "window_minutes", "deadline_seconds"] as const;
/** What is said at its field instead of in a bar. */
export const FIELDS: string[] = [...IMPORT, ...SIGN_IN, "from", "to", "url"];

export interface CardProps {
  values: SettingsView;
  put: (part: Partial<SettingsView>) => void;
  error: unknown;
}

/** A field that was emptied has no number: nothing is saved until it has one. */
export function wholeNumbers({ import: rules, sign_in }: SettingsView): boolean {
  return [...IMPORT.map((name) => rules[name]), ...SIGN_IN.map((name) => sign_in[name])].every(
    Number.isInteger,
  );
}

/** Settings that belong together, under a name. */
export function Card({ title, id, children }: { title: TextId; id?: string; children: ReactNode }) {
  return (
    <section id={id} className="card column" aria-label={t(title)}>
      <h2>{t(title)}</h2>
      {children}
    </section>
  );
}

function ImportNumber({ name, values, put, error }: CardProps & { name: (typeof IMPORT)[number] }) {
  return (
    <NumberField
      id={placeOf(`set-${name}`)}
      label={t(`set-${name}`)}
      min={1}
      value={Number.isInteger(values.import[name]) ? values.import[name] : undefined}
      error={fieldError(error, name)}
      onChange={(number = Number.NaN) => {
        put({ import: { ...values.import, [name]: number } });
      }}
    />
  );
}

export function Schedule(props: CardProps) {
  const { values, put } = props;
  return (
    <Card title="set-card-schedule">
      <ImportNumber {...props} name="interval_hours" />
      <Checkbox
        root={{ id: placeOf("set-follow-changes") }}
        label={t("set-follow-changes")}
        checked={values.import.follow_changes}
        onChange={(_e, d) => {
          put({ import: { ...values.import, follow_changes: d.checked === true } });
        }}
      />
      <Checkbox
        root={{ id: placeOf("set-from-cloud") }}
        label={t("set-from-cloud")}
        checked={values.mappings_from_cloud}
        onChange={(_e, d) => {
          put({ mappings_from_cloud: d.checked === true });
        }}
      />
    </Card>
  );
}

export function Protection(props: CardProps) {
  return (
    <Card title="set-card-removal">
      <p className="muted">{t("set-removal-hint")}</p>
      <ImportNumber {...props} name="removal_limit_percent" />
      <ImportNumber {...props} name="removal_limit_people" />
    </Card>
  );
}

export function SignIn({ values, put, error }: CardProps) {
  return (
    <Card title="set-card-sign-in">
      {SIGN_IN.map((name) => (
        <NumberField
          key={name}
          id={placeOf(`set-${name}`)}
          label={t(`set-${name}`)}
          min={1}
          value={Number.isInteger(values.sign_in[name]) ? values.sign_in[name] : undefined}
          error={fieldError(error, name)}
          onChange={(number = Number.NaN) => {
            put({ sign_in: { ...values.sign_in, [name]: number } });
          }}
        />
      ))}
    </Card>
  );
}

export function Logging({ values, put }: CardProps) {
  return (
    <Card title="set-card-log">
      <Field id={placeOf("set-log")} label={t("set-log")} hint={t("set-log-hint")}>
        <Select
          value={values.log_level}
          onChange={(_e, d) => {
            put({ log_level: d.value });
          }}
        >
          {(["error", "warn", "info", "debug", "trace"] as const).map((level) => (
            <option key={level} value={level}>
              {t(`level-${level}`)}
            </option>
          ))}
        </Select>
      </Field>
    </Card>
  );
}

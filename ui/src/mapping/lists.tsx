import { Field, Input } from "@fluentui/react-components";
import { useState } from "react";
import { t } from "../texts";

const valuesOf = (text: string): string[] =>
  text
    .split(";")
    .map((part) => part.trim())
    .filter(Boolean);

/** Several values of an attribute, any of which is enough. */
export function Lists(props: { label: string; values: string[]; onChange: (values: string[]) => void }) {
  // What is typed stays as it is typed; only its values go out.
  const [text, setText] = useState(props.values.join("; "));
  return (
    <Field label={props.label} hint={t("map-list-hint")}>
      <Input
        value={text}
        onChange={(_e, d) => {
          setText(d.value);
          props.onChange(valuesOf(d.value));
        }}
      />
    </Field>
  );
}

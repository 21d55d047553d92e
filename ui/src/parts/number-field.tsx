import { Field, type FieldProps, Input } from "@fluentui/react-components";
import { type ReactElement, useState } from "react";
import { t } from "../texts";

interface Props extends Pick<FieldProps, "id" | "label" | "hint"> {
  /** Not there: nothing was entered, or nothing that is a number. */
  value: number | undefined;
  error?: ReactElement;
  /** Whether the field may stay empty. */
  optional?: boolean;
  min?: number;
  max?: number;
  onChange: (value: number | undefined) => void;
}

/** What stands in a field as a whole number; an empty field is no number, and above all not 0. */
export function numberIn(text: string): number | undefined {
  const value = Number(text);
  return text.trim() !== "" && Number.isInteger(value) ? value : undefined;
}

/** A whole number. What is being typed stays as it is typed, also where it is none yet. */
export function NumberField({ value, error, optional = false, min = 0, max, onChange, ...field }: Props) {
  const [typed, setTyped] = useState<string>();
  // What was typed counts as long as it means the value; a value from elsewhere takes its place.
  const text = typed !== undefined && numberIn(typed) === value ? typed : (value?.toString() ?? "");
  const none = value === undefined && !(optional && text === "");
  return (
    <Field {...field} validationMessage={none ? t("number-missing") : error}>
      <Input
        type="number"
        min={min}
        max={max}
        value={text}
        className="short"
        onChange={(_e, d) => {
          setTyped(d.value);
          onChange(numberIn(d.value));
        }}
      />
    </Field>
  );
}

import { Button, Field, Textarea } from "@fluentui/react-components";
import { type ReactElement, useRef } from "react";
import { t } from "../../texts";
import { pemOf, withoutKeys } from "./pem";

interface Props {
  label: string;
  hint: string;
  value: string | null;
  error: ReactElement | undefined;
  onChange: (pem: string | null) => void;
}

/** A CA's certificate as PEM text: pasted, or read from a file. */
export function PemField({ label, hint, value, error, onChange }: Props) {
  const file = useRef<HTMLInputElement>(null);
  return (
    <div className="column" style={{ gap: 6 }}>
      <Field label={label} hint={hint} validationMessage={error}>
        <Textarea
          className="mono"
          rows={3}
          spellCheck={false}
          value={value ?? ""}
          onChange={(_e, d) => {
            onChange(withoutKeys(d.value).trim() ? withoutKeys(d.value) : null);
          }}
        />
      </Field>
      <div>
        <Button size="small" onClick={() => file.current?.click()}>
          {t("pem-file")}
        </Button>
        <input
          ref={file}
          type="file"
          accept=".pem,.crt,.cer,.der,.p7b,.p7c,.txt"
          hidden
          aria-label={t("pem-file")}
          onChange={(e) => {
            const chosen = e.target.files?.[0];
            e.target.value = "";
            void chosen?.arrayBuffer().then((content) => {
              onChange(withoutKeys(pemOf(new Uint8Array(content))));
            });
          }}
        />
      </div>
    </div>
  );
}

import { Field, Radio, RadioGroup, Textarea } from "@fluentui/react-components";
import { useState } from "react";
import type { Mapping } from "../../generated";
import { ErrorBar, fieldError } from "../../parts/error-bar";
import { t } from "../../texts";
import { Conditions, emptyTest } from "./conditions";
import { useFilter } from "./use-filter";

type Mode = "none" | "conditions" | "manual";

/** Nothing, a tree of conditions or a filter typed by hand; the last two are validated as they are typed. */
export function FilterPart({
  mapping,
  onChange,
}: {
  mapping: Mapping;
  onChange: (part: Partial<Mapping>) => void;
}) {
  const [mode, setMode] = useState<Mode>(
    mapping.filter !== undefined ? "manual" : mapping.conditions ? "conditions" : "none",
  );
  const { compiled, whole } = useFilter(mapping);
  const choose = (next: Mode) => {
    setMode(next);
    onChange({
      conditions: next === "conditions" ? { all: [emptyTest()] } : undefined,
      filter: next === "manual" ? (compiled.data?.filter ?? "(objectClass=user)") : undefined,
    });
  };
  return (
    <section className="column" style={{ gap: 8 }}>
      <h2 id="filter-title" style={{ margin: 0 }}>
        {t("map-filter")}
      </h2>
      <RadioGroup
        aria-labelledby="filter-title"
        value={mode}
        onChange={(_e, d) => {
          choose(d.value as Mode);
        }}
      >
        <Radio value="none" label={t("map-filter-none")} />
        <Radio value="conditions" label={t("map-filter-conditions")} />
        <Radio value="manual" label={t("map-filter-manual")} />
      </RadioGroup>
      {mode === "conditions" && mapping.conditions && (
        <Conditions
          value={mapping.conditions}
          onChange={(conditions) => {
            onChange({ conditions });
          }}
        />
      )}
      {mode === "manual" && (
        <Field label={t("map-filter-manual")} validationMessage={fieldError(compiled.error, "filter")}>
          <Textarea
            className="mono"
            value={mapping.filter ?? ""}
            onChange={(_e, d) => {
              onChange({ filter: d.value });
            }}
          />
        </Field>
      )}
      {mode === "conditions" && !whole && (
        <p className="muted" role="status">
          {t("map-finish-condition")}
        </p>
      )}
      {mode !== "none" && whole && <ErrorBar error={compiled.error} except={["filter"]} />}
      {mode === "conditions" && compiled.data && !compiled.error && (
        <p style={{ margin: 0 }}>
          {t("map-shown")}: <code className="mono">{compiled.data.filter}</code>
        </p>
      )}
    </section>
  );
}

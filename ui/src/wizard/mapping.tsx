import { useQuery } from "@tanstack/react-query";
import { host } from "../host";
import { MappingEditor } from "../mapping/editor";
import { useFilter } from "../mapping/filter/use-filter";
import { t } from "../texts";
import { isTaken, mappingOf, type StepProps } from "./step";
import { StepFrame } from "./step-frame";

/** Who is imported. Everybody is chosen already, so that the step may be one press. */
export function MappingStep({ draft, put, done, back, close }: StepProps) {
  const mapping = mappingOf(draft);
  const others = useQuery({ queryKey: ["mappings"], queryFn: host.mappings });
  const taken = isTaken(mapping, others.data ?? []);
  const filter = useFilter(mapping);
  const whole = mapping.name.trim() !== "" && mapping.base_dn.trim() !== "";
  return (
    <StepFrame
      back={back}
      close={close}
      byEnter={false}
      primary={{
        label: t("act-next"),
        act: done,
        wants: taken
          ? t("wiz-name-taken")
          : !whole
            ? t("wiz-need-mapping")
            : !filter.whole
              ? t("map-finish-condition")
              : filter.compiled.error && t("map-mend-filter"),
      }}
    >
      <MappingEditor
        mapping={mapping}
        isNew
        error={null}
        onChange={(next) => {
          put({ mapping: next, previewed: false });
        }}
      />
    </StepFrame>
  );
}

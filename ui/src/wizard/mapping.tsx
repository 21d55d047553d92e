import { useQuery } from "@tanstack/react-query";
import { host } from "../host";
import { MappingEditor } from "../mapping/editor";
import { t } from "../texts";
import { mappingOf, type StepProps } from "./step";
import { StepFrame } from "./step-frame";

/** Who is imported. Everybody is chosen already, so that the step may be one press. */
export function MappingStep({ draft, put, done, back, close }: StepProps) {
  const mapping = mappingOf(draft);
  const others = useQuery({ queryKey: ["mappings"], queryFn: host.mappings });
  const same = mapping.name.trim().toLowerCase();
  const taken = others.data?.some((m) => m.name.toLowerCase() === same) ?? false;
  const whole = mapping.name.trim() !== "" && mapping.base_dn.trim() !== "";
  return (
    <StepFrame
      back={back}
      close={close}
      byEnter={false}
      primary={{
        label: t("act-next"),
        act: done,
        wants: taken ? t("wiz-name-taken") : !whole && t("wiz-need-mapping"),
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

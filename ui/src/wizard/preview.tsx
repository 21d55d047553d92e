import { PreviewPanel } from "../preview/preview";
import { t } from "../texts";
import { mappingOf, type StepProps } from "./step";
import { StepFrame } from "./step-frame";

/** What the first import would do, person by person. It runs by itself. */
export function PreviewStep({ draft, put, done, back, close }: StepProps) {
  return (
    <StepFrame
      back={back}
      close={close}
      byEnter={false}
      primary={{ label: t("act-next"), act: done, wants: !draft.previewed && t("wiz-see-preview") }}
    >
      <PreviewPanel
        mapping={mappingOf(draft)}
        live={false}
        atOnce
        onSeen={() => {
          put({ previewed: true });
        }}
      />
    </StepFrame>
  );
}

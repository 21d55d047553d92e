import { useState } from "react";
import type { WizardDraft } from "../host/contract";
import { t } from "../texts";
import { DirectoryStep } from "../wizard/directory/directory";
import { emptyDraft } from "../wizard/step";

/** One more directory: the same step as in the setup. */
export function AddAccount({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState<WizardDraft>({
    ...emptyDraft,
    credentials: { name: "", bind_name: "" },
  });
  return (
    <section className="card column" aria-label={t("acc-add")}>
      <h2>{t("acc-add")}</h2>
      <DirectoryStep
        draft={draft}
        put={(part) => {
          setDraft((old) => ({ ...old, ...part }));
        }}
        done={onClose}
        close={onClose}
        closing={t("act-cancel")}
      />
    </section>
  );
}

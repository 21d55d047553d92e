import { Button } from "@fluentui/react-components";
import { useState } from "react";
import type { WizardDraft } from "../host/contract";
import { t } from "../texts";
import { CredentialsStep } from "../wizard/credentials";
import { DirectoryStep } from "../wizard/directory";
import { emptyDraft } from "../wizard/step";

/** One more account: the same two steps as in the setup. */
export function AddAccount({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState<WizardDraft>({
    ...emptyDraft,
    credentials: { name: "", bind_name: "" },
  });
  const [reached, setReached] = useState(false);
  const put = (part: Partial<WizardDraft>) => {
    setDraft((old) => ({ ...old, ...part }));
    if (part.directory) setReached(false);
  };
  return (
    <section className="card column" aria-label={t("acc-add")}>
      <h2>{t("acc-add")}</h2>
      <DirectoryStep
        draft={draft}
        put={put}
        done={() => {
          setReached(true);
        }}
      />
      {reached && (
        <>
          <h2>{t("wiz-credentials")}</h2>
          <CredentialsStep draft={draft} put={put} done={onClose} />
        </>
      )}
      <div>
        <Button onClick={onClose}>{t("act-cancel")}</Button>
      </div>
    </section>
  );
}

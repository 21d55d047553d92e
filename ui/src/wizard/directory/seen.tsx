import type { ReactNode } from "react";
import type { Probe } from "../../host/contract";
import { CheckList } from "../../parts/check-list";
import { t } from "../../texts";
import { Chain } from "./chain";

interface Props {
  probe: Probe | undefined;
  error: ReactNode;
  /** The account is stored as it stands here. */
  connected: boolean;
  onTrust: (pem: string) => void;
}

/** What was seen of a server: first what asks for a decision. */
export function Seen({ probe, error, connected, onTrust }: Props) {
  return (
    <>
      {error}
      {connected && <p role="status">{t("cred-kept")}</p>}
      {probe && <Chain probe={probe} onTrust={onTrust} />}
      {probe && probe.kind !== "auto" && (
        <dl className="facts">
          <dt>{t("dir-kind")}</dt>
          <dd>{t(`kind-${probe.kind}`)}</dd>
          <dt>{t("dir-bases")}</dt>
          <dd>{probe.bases.join("; ")}</dd>
        </dl>
      )}
      {probe && <CheckList checks={probe.checks} />}
      {!probe && !connected && <p className="muted">{t("dir-seen-here")}</p>}
    </>
  );
}

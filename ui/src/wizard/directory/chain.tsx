import { Button } from "@fluentui/react-components";
import { ShieldCheckmarkRegular } from "@fluentui/react-icons/svg/shield-checkmark";
import { ShieldErrorRegular } from "@fluentui/react-icons/svg/shield-error";
import type { CertificateInfo } from "../../generated";
import type { Probe } from "../../host/contract";
import { day, language, t } from "../../texts";
import { failureIn } from "../../texts/failures";

function Certificate({ seen }: { seen: CertificateInfo }) {
  return (
    <div className="certificate">
      <strong>{seen.subject}</strong>
      <div className="muted">
        {t("dir-issuer", { name: seen.issuer, until: day(Date.parse(seen.not_after)) })}
      </div>
      <div className="mono">SHA-256 {seen.sha256}</div>
    </div>
  );
}

/** What the server presents; the company's CA is trusted only after a look at its fingerprint. */
export function Chain({ probe, onTrust }: { probe: Probe; onTrust: (pem: string) => void }) {
  const { ca_pem, problem, certificates, trusted } = probe;
  // Where the certificate itself is wrong no CA helps: then it says what to have issued.
  const itself = problem && problem.code !== "tls_unknown_issuer" ? failureIn(language, problem) : null;
  if (certificates.length === 0) return null;
  // The one to compare is the authority's: the last that the server shows.
  const [first, ...others] = certificates.toReversed();
  return (
    <section className="card column tight" aria-label={t("dir-chain")}>
      <h2>{t("dir-chain")}</h2>
      {trusted ? (
        <span className="row">
          <ShieldCheckmarkRegular fontSize={20} color="var(--colorStatusSuccessForeground1)" aria-hidden />
          {t("dir-trusted")}
        </span>
      ) : !ca_pem ? (
        <span>{itself ? `${itself.message} ${itself.action}` : t("dir-no-ca")}</span>
      ) : (
        <span className="row">
          <ShieldErrorRegular fontSize={20} color="var(--colorStatusWarningForeground1)" aria-hidden />
          <span className="grow">{t("dir-trust-hint")}</span>
        </span>
      )}
      {first && <Certificate seen={first} />}
      {!trusted && ca_pem && (
        <div>
          <Button
            onClick={() => {
              onTrust(ca_pem);
            }}
          >
            {t("dir-trust")}
          </Button>
        </div>
      )}
      {others.map((seen) => (
        <Certificate key={seen.sha256} seen={seen} />
      ))}
    </section>
  );
}

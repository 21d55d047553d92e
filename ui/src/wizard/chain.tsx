import { Button } from "@fluentui/react-components";
import type { Probe } from "../host/contract";
import { day, language, t } from "../texts";
import { failureIn } from "../texts/failures";

/** What the server presents; the company's CA is trusted only after a look at its fingerprint. */
export function Chain({ probe, onTrust }: { probe: Probe; onTrust: (pem: string) => void }) {
  const { ca_pem, problem } = probe;
  // Where the certificate itself is wrong no CA helps: then it says what to have issued.
  const itself = problem && problem.code !== "tls_unknown_issuer" ? failureIn(language, problem) : null;
  if (probe.certificates.length === 0) return null;
  return (
    <section className="card column" style={{ gap: 8 }}>
      <h2>{t("dir-chain")}</h2>
      {probe.certificates.map((c) => (
        <div key={c.sha256}>
          <strong>{c.subject}</strong>
          <div className="muted">
            {t("dir-issuer", { name: c.issuer, until: day(Date.parse(c.not_after)) })}
          </div>
          <div className="mono">SHA-256 {c.sha256}</div>
        </div>
      ))}
      {probe.trusted ? (
        <span>{t("dir-trusted")}</span>
      ) : !ca_pem ? (
        <span>{itself ? `${itself.message} ${itself.action}` : t("dir-no-ca")}</span>
      ) : (
        <>
          <span>{t("dir-trust-hint")}</span>
          <div>
            <Button
              onClick={() => {
                onTrust(ca_pem);
              }}
            >
              {t("dir-trust")}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

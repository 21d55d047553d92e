import { ShieldCheckmarkRegular } from "@fluentui/react-icons/svg/shield-checkmark";
import { ShieldErrorRegular } from "@fluentui/react-icons/svg/shield-error";
import { useQuery } from "@tanstack/react-query";
import { Copy } from "../explain/copy";
import type { AccountView, CertificateInfo, ServerCertificates } from "../generated";
import { host } from "../host";
import { nameIn } from "../mappings/scope-words";
import { day, language, t } from "../texts";
import { failureIn } from "../texts/failures";

const DAY = 86_400_000;
/** Days before its end in which a certificate is pointed out. */
const SOON = 30;

function left({ not_after }: CertificateInfo): { words: string; good: boolean } {
  const days = Math.floor((Date.parse(not_after) - Date.now()) / DAY);
  const id = days < 0 ? "over-cert-ended" : days < SOON ? "over-cert-soon" : "over-cert-days";
  return { words: t(id, { n: Math.abs(days) }), good: days >= SOON };
}

/** A chain, one below the other, each with who issued it and how long it is valid. */
function Chain({ certificates }: { certificates: CertificateInfo[] }) {
  return (
    <details>
      <summary className="small">{t("acc-chain")}</summary>
      <ol className="plain inset">
        {certificates.map((one) => (
          <li key={one.sha256} className="column chain">
            <strong>{nameIn(one.subject)}</strong>
            <span className="muted small">
              {t("acc-issued", { name: nameIn(one.issuer) })} ·{" "}
              {t("acc-until", { until: day(Date.parse(one.not_after)) })}
            </span>
            <span className="with-copy">
              <span className="mono small">{one.sha256}</span>
              <Copy what={t("acc-fingerprint")} text={one.sha256} />
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function Trust({ account, chain }: { account: AccountView; chain: ServerCertificates }) {
  const { trusted, problem } = chain;
  const why = problem && failureIn(language, problem);
  const Icon = trusted ? ShieldCheckmarkRegular : ShieldErrorRegular;
  const own = account.ca_fingerprints.length > 0;
  return (
    <>
      <span className="outcome">
        <Icon
          fontSize={16}
          color={`var(--colorStatus${trusted ? "Success" : "Danger"}Foreground1)`}
          aria-hidden
        />
        <span>{trusted ? t(own ? "acc-trust-own" : "acc-trust-system") : t("acc-trust-not")}</span>
      </span>
      {why && (
        <div>
          {why.message} {why.action}
        </div>
      )}
    </>
  );
}

/** How the servers prove who they are: how long it holds, and who vouches for it. */
export function Certificate({ account }: { account: AccountView }) {
  const chain = useQuery({
    queryKey: ["certificates", account.name],
    queryFn: async () => host.accountCertificates(account.name),
    staleTime: DAY / 24,
    enabled: account.security !== "plain",
  });
  if (account.security === "plain") return null;
  const own = chain.data?.certificates[0];
  if (!chain.data || !own)
    return (
      <>
        <dt>{t("acc-certificate")}</dt>
        <dd>{chain.error ? t("over-cert-unknown") : t("state-loading")}</dd>
      </>
    );
  const { words, good } = left(own);
  return (
    <>
      <dt>{t("acc-certificate")}</dt>
      <dd>
        {t("acc-until", { until: day(Date.parse(own.not_after)) })}{" "}
        <span className={good ? "muted" : undefined}>({words})</span>
        <Chain certificates={chain.data.certificates} />
      </dd>
      <dt>{t("acc-trust")}</dt>
      <dd>
        <Trust account={account} chain={chain.data} />
      </dd>
    </>
  );
}

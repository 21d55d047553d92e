import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Status } from "../generated";
import { host } from "../host";
import { count, t, when } from "../texts";

const DAY = 86_400_000;
/** Days before its end in which a certificate is pointed out. */
const SOON = 30;

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card column tight">
      <h2>{title}</h2>
      <dl>{children}</dl>
    </section>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** How long the certificate of an account's server is still good. */
function Certificate({ account }: { account: string }) {
  const chain = useQuery({
    queryKey: ["certificates", account],
    queryFn: async () => host.accountCertificates(account),
    staleTime: DAY / 24,
  });
  const own = chain.data?.certificates[0];
  if (!own) return <Line name={account}>{chain.error ? t("over-cert-unknown") : t("state-loading")}</Line>;
  const days = Math.floor((Date.parse(own.not_after) - Date.now()) / DAY);
  return (
    <Line name={account}>
      {t(days < 0 ? "over-cert-ended" : days < SOON ? "over-cert-soon" : "over-cert-days", {
        n: Math.abs(days),
      })}
    </Line>
  );
}

/** How the connector is connected, and when it imports. */
export function Cards({ status }: { status: Status }) {
  const accounts = useQuery({ queryKey: ["accounts"], queryFn: host.accounts });
  const last = status.last_imports.reduce((newest, r) => Math.max(newest, r.finished_ms), 0);
  const secured = accounts.data?.filter((a) => a.security !== "plain") ?? [];
  return (
    <div className="cards">
      <Card title={t("over-connections")}>
        <Line name={t("over-cloud")}>
          {t(`cloud-${status.cloud.state}`)}
          {status.cloud.state === "connected" && (
            <div className="muted small">{t("over-since-when", { at: when(status.cloud.since_ms) })}</div>
          )}
        </Line>
        <Line name={t("over-accounts")}>{count(status.accounts)}</Line>
        {secured.length > 0 && <dt className="wide">{t("over-certificates")}</dt>}
        {secured.slice(0, 4).map((a) => (
          <Certificate key={a.name} account={a.name} />
        ))}
      </Card>
      <Card title={t("over-imports")}>
        <Line name={t("over-last")}>{last ? when(last) : t("over-never")}</Line>
        <Line name={t("over-next")}>
          {status.next_import_ms ? when(status.next_import_ms) : t("over-never")}
        </Line>
        {status.left_behind.length > 0 && <dt className="wide">{t("over-left-behind")}</dt>}
        {status.left_behind.map((left) => (
          <Line key={left.mapping} name={left.mapping}>
            {count(left.people)}
          </Line>
        ))}
        {status.following.length > 0 && <dt className="wide">{t("over-changes")}</dt>}
        {status.following.slice(0, 4).map((f) => (
          <Line key={f.mapping} name={f.mapping}>
            {f.error ? t("follow-not") : t(`follow-${f.method}`)}
          </Line>
        ))}
      </Card>
    </div>
  );
}

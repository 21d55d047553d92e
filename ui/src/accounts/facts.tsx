import { Link } from "@fluentui/react-components";
import type { AccountView, Mapping } from "../generated";
import { t } from "../texts";
import { Certificate } from "./certificate";

interface Props {
  account: AccountView;
  /** Its password is not there. */
  missing: boolean;
  mappings: Mapping[];
  onMapping: (name: string) => void;
}

/** How a directory is reached and who reads it, in words. */
export function Facts({ account, missing, mappings, onMapping }: Props) {
  return (
    <section className="column part">
      <h3>{t("acc-facts")}</h3>
      <dl>
        {account.domain && (
          <>
            <dt>{t("dir-domain")}</dt>
            <dd>{account.domain}</dd>
          </>
        )}
        <dt>{t("acc-protection")}</dt>
        <dd>{t(`acc-protection-${account.security}`)}</dd>
        <Certificate account={account} />
        <dt>{t("acc-bind")}</dt>
        <dd>
          {account.bind_name}
          <div className="muted small">{t(missing ? "acc-state-password" : "acc-kept")}</div>
        </dd>
        <dt>{t("acc-used-by")}</dt>
        <dd>
          {mappings.length === 0
            ? t("acc-used-by-none")
            : mappings.map(({ name }, i) => (
                <span key={name}>
                  {i > 0 && ", "}
                  <Link
                    as="button"
                    inline
                    onClick={() => {
                      onMapping(name);
                    }}
                  >
                    {name}
                  </Link>
                </span>
              ))}
        </dd>
      </dl>
    </section>
  );
}

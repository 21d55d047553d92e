import { Page } from "../frame/page";
import { t, type TextId } from "../texts";

/** From where to where, and what for. */
const WAYS: [TextId, TextId][] = [
  ["help-cloud-port", "help-cloud-why"],
  ["help-ldaps-port", "help-ldaps-why"],
  ["help-starttls-port", "help-starttls-why"],
  ["help-dns-port", "help-dns-why"],
];
const RIGHTS: TextId[] = ["help-right-read", "help-right-deleted", "help-right-own"];
const FAILURES = ["reach", "trust", "credentials", "held", "lost"] as const;

export function Help() {
  return (
    <Page title={t("nav-help")} purpose={t("page-help")}>
      <section className="card column">
        <h2>{t("help-ports")}</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("help-port")}</th>
              <th scope="col">{t("help-why")}</th>
            </tr>
          </thead>
          <tbody>
            {WAYS.map(([port, why]) => (
              <tr key={port}>
                <td>{t(port)}</td>
                <td>{t(why)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="muted">{t("help-inbound")}</p>
      </section>
      <section className="card column">
        <h2>{t("help-rights")}</h2>
        <ul>
          {RIGHTS.map((right) => (
            <li key={right}>{t(right)}</li>
          ))}
        </ul>
      </section>
      <section className="card column">
        <h2>{t("help-failures")}</h2>
        {FAILURES.map((name) => (
          <details key={name}>
            <summary>{t(`help-${name}`)}</summary>
            <p>{t(`help-${name}-do`)}</p>
          </details>
        ))}
      </section>
    </Page>
  );
}

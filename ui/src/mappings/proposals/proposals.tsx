import { Button } from "@fluentui/react-components";
import { CloudArrowDownRegular } from "@fluentui/react-icons/svg/cloud-arrow-down";
import type { Mapping } from "../../generated";
import { ErrorBar } from "../../parts/error-bar";
import { open } from "../../screens";
import { t, when } from "../../texts";
import { scopeWords } from "../scope-words";
import { PROPOSED, useProposals } from "./use-proposals";

export const sameName = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** Mappings that the cloud sent: they do nothing before somebody has approved them here. */
export function Proposals({ mappings }: { mappings: Mapping[] }) {
  const { data, error } = useProposals();
  if (!data?.length) return <ErrorBar error={error} />;
  return (
    <section className="card column waiting" aria-labelledby="proposals">
      <div>
        <h2 id="proposals" className="outcome">
          <CloudArrowDownRegular fontSize={16} aria-hidden />
          {t("prop-title")}
        </h2>
        <p className="muted">{t("prop-waiting", { n: data.length })}</p>
      </div>
      <ul className="plain">
        {data.map(({ mapping, at_ms, hash }) => {
          const { name } = mapping;
          const former = mappings.find((one) => sameName(one.name, name));
          return (
            <li key={hash} className="proposal">
              <div>
                <strong>{name}</strong>
                <div className="small">
                  {former ? t("prop-change", { name: former.name }) : t("prop-new")} · {scopeWords(mapping)}
                </div>
                <div className="muted small">{t("prop-came", { at: when(at_ms) })}</div>
              </div>
              <Button
                appearance="primary"
                aria-label={t("prop-review-name", { name })}
                onClick={() => {
                  open("mappings", name, PROPOSED);
                }}
              >
                {t("prop-review")}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

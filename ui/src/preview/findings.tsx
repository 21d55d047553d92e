import { Accordion, AccordionHeader, AccordionItem, AccordionPanel } from "@fluentui/react-components";
import type { Finding } from "../generated";
import { t } from "../texts";

/** What is odd about the people and groups of a preview; nothing of it stops an import. */
export function Findings({ findings }: { findings: Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <Accordion collapsible>
      <AccordionItem value="findings">
        <AccordionHeader size="small">{t("find-title", { n: findings.length })}</AccordionHeader>
        <AccordionPanel>
          <ul>
            {findings.map((finding) => (
              <li key={finding.kind}>
                {t(`find-${finding.kind}`, { n: finding.count })}
                <ul>
                  {finding.examples.map((dn) => (
                    <li key={dn} className="muted">
                      {dn}
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </AccordionPanel>
      </AccordionItem>
    </Accordion>
  );
}

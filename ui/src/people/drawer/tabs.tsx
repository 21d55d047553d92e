import { Tab, TabList } from "@fluentui/react-components";
import { useId, useState } from "react";
import type { ExplainedPerson } from "../../generated";
import { Copy } from "../../explain/copy";
import { LastSignIn } from "../../explain/last-sign-in";
import { Budget, Covered, InCloud } from "../../explain/person";
import { StandingWords } from "../../explain/standing";
import { t } from "../../texts";
import { History, SignIns } from "./past";
import { TestSignIn } from "./test-sign-in";

const TABS = ["why", "history", "sign_ins", "test", "cloud"] as const;

interface Props {
  person: ExplainedPerson;
  user: string;
  name: string;
}

function Why({ person, name }: Omit<Props, "user">) {
  return (
    <div className="column">
      <StandingWords person={person} name={name} />
      <LastSignIn person={person} />
      {person.budget.held_until_ms !== undefined && <Budget budget={person.budget} />}
      <Covered person={person} />
      <dl>
        <dt>{t("map-account")}</dt>
        <dd>{person.account}</dd>
        <dt>{t("who-email")}</dt>
        <dd>{person.email ?? "–"}</dd>
        <dt>{t("explain-entry")}</dt>
        <dd className="with-copy">
          <span>{person.dn}</span>
          <Copy what={t("explain-entry")} text={person.dn} />
        </dd>
      </dl>
    </div>
  );
}

/** What is known of one person, a question at a time. */
export function PersonTabs({ person, user, name }: Props) {
  const [tab, setTab] = useState<(typeof TABS)[number]>("why");
  const panel = useId();
  return (
    <>
      <TabList
        className="who-tabs"
        aria-label={t("who-tabs")}
        selectedValue={tab}
        onTabSelect={(_e, d) => {
          setTab(d.value as typeof tab);
        }}
      >
        {TABS.map((one) => (
          <Tab key={one} value={one} aria-controls={panel}>
            {t(`who-tab-${one}`)}
          </Tab>
        ))}
      </TabList>
      <div id={panel} role="tabpanel" aria-label={t(`who-tab-${tab}`)}>
        {tab === "why" && <Why person={person} name={name} />}
        {tab === "history" && <History person={person} />}
        {tab === "sign_ins" && (
          <div className="column">
            <SignIns person={person} />
            <Budget budget={person.budget} />
          </div>
        )}
        {tab === "test" && <TestSignIn user={user} />}
        {tab === "cloud" && <InCloud cloud={person.cloud} />}
      </div>
    </>
  );
}

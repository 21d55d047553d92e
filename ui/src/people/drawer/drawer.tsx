import { Field, Select, Spinner } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ExplainedPerson, Explanation, KnownPerson } from "../../generated";
import { host } from "../../host";
import { nameIn } from "../../mappings/scope-words";
import { Drawer } from "../../parts/drawer";
import { ErrorBar } from "../../parts/error-bar";
import { language, t } from "../../texts";
import { failureIn } from "../../texts/failures";
import { reasonText } from "../../texts/typed";
import { StateOf } from "../state";
import { PersonTabs } from "./tabs";

interface Props {
  /** A name as it would be typed to sign in. */
  user: string;
  /** Whom the list has by that name. */
  row: KnownPerson | undefined;
  onClose: () => void;
}

const nameOf = (person: ExplainedPerson) => person.name ?? nameIn(person.dn);

/** What the last import said of somebody whom the directories do not find by a name. */
function LastImport({ row }: { row: KnownPerson }) {
  return (
    <section className="column part">
      <h3>{t("who-last")}</h3>
      <StateOf state={row.state} />
      {row.reason && <p>{reasonText(row.reason)}</p>}
      <p className="muted small">{row.dn}</p>
    </section>
  );
}

function Told({ told, user, row }: { told: Explanation; user: string; row: KnownPerson | undefined }) {
  const first = told.people.find((one) => one.identity === row?.identity) ?? told.people[0];
  const [chosen, setChosen] = useState(first?.identity);
  const person = told.people.find((one) => one.identity === chosen) ?? first;
  return (
    <div className="column">
      {told.people.length === 0 && told.not_asked.length === 0 && (
        <p role="status">{t("explain-unknown", { user })}</p>
      )}
      {told.not_asked.map(({ account, error }) => (
        <p key={account} role="status">
          {t("explain-not-asked", { account, error: failureIn(language, error).message })}
        </p>
      ))}
      {!person && row && <LastImport row={row} />}
      {told.people.length > 1 && (
        <Field label={t("who-which")}>
          <Select
            value={chosen}
            onChange={(_e, d) => {
              setChosen(d.value);
            }}
          >
            {told.people.map((one) => (
              <option key={one.account + one.identity} value={one.identity}>
                {`${nameOf(one)} (${one.account})`}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {person && <PersonTabs key={person.identity} person={person} user={user} name={nameOf(person)} />}
    </div>
  );
}

/** All that is known of one person, asked of the directories now. */
export function PersonDrawer({ user, row, onClose }: Props) {
  const told = useQuery({
    queryKey: ["explain", user],
    queryFn: async () => host.explain(user),
    gcTime: 0,
  });
  const [only] = told.data?.people.length === 1 ? told.data.people : [];
  return (
    <Drawer label={user} title={(only && nameOf(only)) ?? row?.name ?? user} onClose={onClose}>
      {told.isPending && <Spinner size="small" label={t("who-loading")} />}
      <ErrorBar error={told.error} />
      {told.data && <Told told={told.data} user={user} row={row} />}
    </Drawer>
  );
}

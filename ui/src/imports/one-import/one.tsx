import { Button, MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import type { Failure, ImportedPerson } from "../../generated";
import { Copy } from "../../explain/copy";
import { Drawer } from "../../parts/drawer";
import { addressOf, nameOf } from "../../parts/name";
import { open } from "../../screens";
import { language, t } from "../../texts";
import { failureIn } from "../../texts/failures";
import { reason } from "../../texts/typed";
import { Did, differences, fieldOf } from "./did";

function Trouble({ title, error }: { title: string; error: Failure | undefined }) {
  if (!error) return null;
  const { message, action } = failureIn(language, error);
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle> {message} {action}
      </MessageBarBody>
    </MessageBar>
  );
}

/** What was before and after, or all that is new. */
export function Values({ person }: { person: ImportedPerson }) {
  const differ = differences(person);
  const sent = Object.entries(person.before ? {} : (person.after ?? {}));
  if (differ.length === 0 && sent.length === 0) return null;
  return (
    <table className="values">
      <thead>
        <tr>
          <th scope="col">{t("one-field")}</th>
          {differ.length > 0 && <th scope="col">{t("one-before")}</th>}
          <th scope="col">{t(differ.length > 0 ? "one-after" : "one-sent")}</th>
        </tr>
      </thead>
      <tbody>
        {differ.map(({ name, before, after }) => (
          <tr key={name}>
            <th scope="row">{fieldOf(name)}</th>
            <td>{before || t("imp-empty")}</td>
            <td>{after || t("imp-empty")}</td>
          </tr>
        ))}
        {sent.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{fieldOf(name)}</th>
            <td>{value || t("imp-empty")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** All that an import did to one person. */
export function OnePerson({ person, onClose }: { person: ImportedPerson | null; onClose: () => void }) {
  return (
    <Drawer
      open={person !== null}
      label={t("one-title")}
      title={person ? nameOf(person) : t("one-title")}
      onClose={onClose}
    >
      {person && (
        <>
          <span className="muted">{addressOf(person)}</span>
          <Did change={person.change} />
          <p>{reason({ ...person, refused: undefined })}</p>
          <Trouble title={t("imp-refused")} error={person.refused} />
          <Trouble title={t("imp-state-later")} error={person.postponed} />
          <Values person={person} />
          <div>
            <Button
              onClick={() => {
                open("people", person.user_name ?? person.email ?? person.dn);
              }}
            >
              {t("who-more")}
            </Button>
          </div>
          <dl>
            <dt>{t("explain-entry")}</dt>
            <dd className="with-copy">
              <span>{person.dn}</span>
              <Copy what={t("explain-entry")} text={person.dn} />
            </dd>
          </dl>
        </>
      )}
    </Drawer>
  );
}

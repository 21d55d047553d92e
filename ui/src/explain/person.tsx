import { Link } from "@fluentui/react-components";
import { CheckmarkCircleRegular } from "@fluentui/react-icons/svg/checkmark-circle";
import { SubtractCircleRegular } from "@fluentui/react-icons/svg/subtract-circle";
import type { ApprovalList, ExplainedPerson as Person } from "../generated";
import { openList } from "../imports/waiting";
import { nameIn } from "../mappings/scope-words";
import { Copy } from "./copy";
import { Outcome } from "../sign-ins/outcome";
import { open } from "../screens";
import { known, t, when } from "../texts";
import { reason, reasonText } from "../texts/typed";
import { Part } from "./part";
import { StandingWords } from "./standing";

export function Covered({ person }: { person: Person }) {
  return (
    <Part title={t("explain-mappings")}>
      <ul className="plain">
        {person.mappings.map(({ mapping, covered, reason: why }) => (
          <li key={mapping} className="outcome">
            {covered ? (
              <CheckmarkCircleRegular color="var(--colorStatusSuccessForeground1)" aria-hidden />
            ) : (
              <SubtractCircleRegular color="var(--colorNeutralForeground2)" aria-hidden />
            )}
            <span>
              {covered
                ? t("explain-covered", { mapping })
                : t("explain-outside", { mapping, reason: why ? reasonText(why) : "" })}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** A value's name as it is said elsewhere. */
const fieldName = (field: string) => {
  const id = `field-${field}`;
  return known(id) ? t(id) : field;
};

export function InCloud({ cloud }: { cloud: Person["cloud"] }) {
  return (
    <Part title={t("explain-in-cloud")}>
      {cloud ? (
        <>
          <p>
            {t(cloud.active ? "explain-cloud-active" : "explain-cloud-inactive", {
              user_name: cloud.values.user_name ?? "",
              at_ms: when(cloud.at_ms),
            })}
          </p>
          <dl className="first-capital">
            {Object.entries(cloud.values).map(([field, value]) => [
              <dt key={field}>{fieldName(field)}</dt>,
              <dd key={`${field} value`}>{value}</dd>,
            ])}
          </dl>
        </>
      ) : (
        <p className="muted">{t("explain-not-in-cloud")}</p>
      )}
    </Part>
  );
}

export function Budget({ budget }: { budget: Person["budget"] }) {
  const { wrong, allowed, held_until_ms: until } = budget;
  return (
    <Part title={t("explain-budget-title")}>
      <p>
        {until === undefined
          ? t("explain-budget", { wrong, allowed })
          : t("explain-held", { wrong, allowed, held_until_ms: when(until) })}
      </p>
    </Part>
  );
}

function Past({ person }: { person: Person }) {
  return (
    <>
      <Part title={t("explain-sign-ins")}>
        {person.sign_ins.length === 0 && <p className="muted">{t("explain-no-sign-ins")}</p>}
        <ul className="plain">
          {person.sign_ins.map((one) => (
            <li key={one.id} className="past">
              <span className="muted">{when(one.at_ms)}</span>
              <Outcome outcome={one.outcome} />
            </li>
          ))}
        </ul>
      </Part>
      <Part title={t("explain-imports")}>
        {person.imports.length === 0 && <p className="muted">{t("explain-no-imports")}</p>}
        <ul className="plain">
          {person.imports.map((one) => (
            <li key={one.run} className="past">
              <span className="muted">{when(one.at_ms)}</span>
              <span>
                <Link
                  as="button"
                  inline
                  onClick={() => {
                    open("imports", String(one.run));
                  }}
                >
                  {one.mapping}
                </Link>
                : {t(`change-${one.person.change}`)}. <span className="muted">{reason(one.person)}</span>
              </span>
            </li>
          ))}
        </ul>
      </Part>
    </>
  );
}

/** The list that decides about somebody, one click away. */
function Waits({ list }: { list: ApprovalList }) {
  return (
    <Link
      as="button"
      inline
      onClick={() => {
        openList(list);
      }}
    >
      {t("explain-list", { mapping: list.mapping, n: list.people })}
    </Link>
  );
}

/** Everything that is known of somebody: how they stand and why, mappings, the cloud, and what was. */
export function ExplainedPerson({ person }: { person: Person }) {
  const name = person.name ?? nameIn(person.dn);
  return (
    <article className="column" aria-label={name}>
      <h2>{name}</h2>
      <StandingWords person={person} name={name} />
      {person.waits && <Waits list={person.waits} />}
      <dl>
        <dt>{t("map-account")}</dt>
        <dd>{person.account}</dd>
        <dt>{t("attr-email")}</dt>
        <dd>{person.email ?? "–"}</dd>
        <dt>{t("explain-entry")}</dt>
        <dd>
          <span className="with-copy">
            <span>{person.dn}</span>
            <Copy what={t("explain-entry")} text={person.dn} />
          </span>
        </dd>
      </dl>
      <Budget budget={person.budget} />
      <Covered person={person} />
      <InCloud cloud={person.cloud} />
      <Past person={person} />
    </article>
  );
}

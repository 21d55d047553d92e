import { PeopleRegular } from "@fluentui/react-icons/svg/people";
import type { ReactNode } from "react";
import type { Example, Mapping } from "../generated";
import { scopeWords } from "../mappings/scope-words";
import { count, t } from "../texts";
import type { useCount } from "./use-count";

interface Props {
  mapping: Mapping;
  counted: ReturnType<typeof useCount>;
  /** So many people were read by its last import; not there where there was none. */
  before: number | undefined;
  children?: ReactNode;
}

/** What the mapping comes to, in sight while it is edited: whom it takes, how many, and how many it took before. */
export function Pane({ mapping, counted, before, children }: Props) {
  const { data } = counted;
  return (
    <aside className="card column tight pane" aria-label={t("map-pane")}>
      <h2 className="outcome">
        <PeopleRegular fontSize={16} aria-hidden />
        {t("map-pane")}
      </h2>
      <strong role="status" aria-busy={counted.isFetching}>
        {data && t(data.complete ? "map-matches" : "map-matches-part", { n: data.count })}
      </strong>
      {before !== undefined && data && (
        <span className="pane-change">
          <span className="muted">{t("map-before", { n: before })}</span>
          <span>{change(before, data.count)}</span>
        </span>
      )}
      <span className="muted small">{mapping.base_dn && scopeWords(mapping)}</span>
      {data && data.examples.length > 0 && <Examples people={data.examples} more={data.count} />}
      {children}
    </aside>
  );
}

/** Some of them as they would be in the cloud: a wrong rule for names is seen before anybody is imported. */
function Examples({ people, more }: { people: Example[]; more: number }) {
  return (
    <section className="column tight" aria-label={t("map-examples")}>
      <h3>{t("map-examples")}</h3>
      <ul className="plain examples">
        {people.map(({ name, user_name, email }, i) => (
          <li key={`${i} ${name}`}>
            <span>{name}</span>
            <span className="muted small">{user_name ?? t("why-no_user_name")}</span>
            <span className="muted small">{email ?? t("why-no_email")}</span>
          </li>
        ))}
      </ul>
      {more > people.length && (
        <span className="muted small">{t("map-examples-more", { n: more - people.length })}</span>
      )}
    </section>
  );
}

function change(before: number, now: number): string {
  if (now === before) return t("map-as-before");
  return t(now > before ? "map-more" : "map-fewer", { n: count(Math.abs(now - before)) });
}

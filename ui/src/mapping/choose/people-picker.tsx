import { Checkbox, Input } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import type { FoundPerson, ScopeRef } from "../../generated";
import { host } from "../../host";
import { ErrorBar } from "../../parts/error-bar";
import { t } from "../../texts";
import { dnOf } from "../scope";

interface Props {
  label: string;
  account: string;
  base: string;
  chosen: ScopeRef[];
  onChange: (chosen: ScopeRef[]) => void;
}

const identityOf = (ref: ScopeRef) => (typeof ref === "string" ? ref : ref.identity);
const means = (ref: ScopeRef, { identity, dn }: FoundPerson) =>
  identityOf(ref) === identity || dnOf(ref).toLowerCase() === dn.toLowerCase();

/** Those whom the directory no longer shows are there by what was stored of them. */
function shownOf(chosen: ScopeRef[], known: FoundPerson[]): FoundPerson[] {
  return chosen.map((ref) => {
    const found = known.find((one) => means(ref, one));
    return (
      found ?? { identity: identityOf(ref), dn: dnOf(ref), name: dnOf(ref), email: null, user_name: null }
    );
  });
}

/** People named one by one: found as somebody types, and shown by name and e-mail address. */
export function PeoplePicker({ label, account, base, chosen, onChange }: Props) {
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search.trim());
  const found = useQuery({
    queryKey: ["people-to-name", account, base, wanted],
    queryFn: async () => host.browsePeople(account, { under: base || undefined, search: wanted, limit: 20 }),
    enabled: account !== "" && wanted !== "",
  });
  const identities = chosen.map(identityOf);
  const known = useQuery({
    queryKey: ["people-named", account, identities],
    queryFn: async () => host.browsePeople(account, { chosen: identities }),
    enabled: account !== "" && identities.length > 0,
    placeholderData: (old) => old,
  });
  const people = wanted === "" ? shownOf(chosen, known.data ?? []) : (found.data ?? []);
  return (
    <section aria-label={label}>
      <h2>{label}</h2>
      <Input
        style={{ width: "100%", marginBottom: 4 }}
        aria-label={t("map-search-people", { label })}
        placeholder={t("map-search-people-hint")}
        value={search}
        onChange={(_e, d) => {
          setSearch(d.value);
        }}
      />
      <ErrorBar error={found.error} />
      <div className="box">
        {people.length === 0 && !found.isFetching && (
          <p className="muted">{t(wanted === "" ? "map-nobody-named" : "map-none")}</p>
        )}
        {people.map((one) => (
          <div key={one.identity}>
            <Checkbox
              checked={chosen.some((ref) => means(ref, one))}
              label={
                <>
                  {one.name} <span className="muted small">{one.email ?? one.user_name ?? ""}</span>
                </>
              }
              onChange={(_e, d) => {
                const others = chosen.filter((ref) => !means(ref, one));
                onChange(d.checked === true ? [...others, { identity: one.identity, dn: one.dn }] : others);
                setSearch("");
              }}
            />
          </div>
        ))}
      </div>
      {chosen.length > 0 && <p className="muted">{t("map-named", { n: chosen.length })}</p>}
    </section>
  );
}

import { Checkbox, Input } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import type { Mapping, ScopeRef } from "../../generated";
import { host } from "../../host";
import { ErrorBar } from "../../parts/error-bar";
import { t } from "../../texts";
import { tickOf, toggled } from "../scope";

export function GroupPicker({
  label,
  mapping,
  chosen,
  onGroups,
  onChange,
}: {
  label: string;
  mapping: Mapping;
  chosen: ScopeRef[];
  onGroups: (groups: ScopeRef[]) => void;
  onChange: (part: Partial<Mapping>) => void;
}) {
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search.trim());
  const query = useQuery({
    queryKey: ["groups", mapping.account, wanted],
    queryFn: async () => host.browseGroups(mapping.account, { search: wanted, limit: 50 }),
  });
  return (
    <section aria-label={label}>
      <h2>{label}</h2>
      <Input
        style={{ width: "100%", marginBottom: 4 }}
        aria-label={t("map-search-groups")}
        placeholder={t("map-search-groups")}
        value={search}
        onChange={(_e, d) => {
          setSearch(d.value);
        }}
      />
      <ErrorBar error={query.error} />
      <div className="box">
        {query.data?.length === 0 && <p className="muted">{t("map-none")}</p>}
        {query.data?.map((node) => (
          <div key={node.dn}>
            <Checkbox
              checked={tickOf(node.dn, chosen) === "on"}
              label={`${node.name} (${t("map-members", { n: node.members ?? 0 })})`}
              onChange={() => {
                onGroups(toggled(node, chosen));
              }}
            />
          </div>
        ))}
      </div>
      <Checkbox
        label={t("map-nested")}
        checked={mapping.nested_groups}
        onChange={(_e, d) => {
          onChange({ nested_groups: d.checked === true });
        }}
      />
    </section>
  );
}

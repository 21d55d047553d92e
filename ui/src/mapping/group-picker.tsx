import { Checkbox, Input } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import type { Mapping } from "../generated";
import { host } from "../host";
import { ErrorBar } from "../parts/error-bar";
import { t } from "../texts";
import { tickOf, toggled } from "./scope";

export function GroupPicker({
  mapping,
  onChange,
}: {
  mapping: Mapping;
  onChange: (part: Partial<Mapping>) => void;
}) {
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search.trim());
  const query = useQuery({
    queryKey: ["groups", mapping.account, wanted],
    queryFn: async () => host.browseGroups(mapping.account, { search: wanted, limit: 50 }),
  });
  const chosen = mapping.groups ?? [];
  return (
    <section aria-label={t("map-groups")}>
      <h2>{t("map-groups")}</h2>
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
                onChange({ groups: toggled(node, chosen) });
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

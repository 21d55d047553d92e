import { Button, Checkbox, Input, Spinner } from "@fluentui/react-components";
import { ChevronDownRegular } from "@fluentui/react-icons/svg/chevron-down";
import { ChevronRightRegular } from "@fluentui/react-icons/svg/chevron-right";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import type { Node, ScopeRef } from "../../generated";
import { host } from "../../host";
import { ErrorBar } from "../../parts/error-bar";
import { t } from "../../texts";
import { tickOf, toggled } from "../scope";

interface Choice {
  account: string;
  chosen: ScopeRef[];
  onChange: (chosen: ScopeRef[]) => void;
}

function Branch({ node, flat, ...choice }: Choice & { node: Node; flat: boolean }) {
  const [open, setOpen] = useState(false);
  const tick = tickOf(node.dn, choice.chosen);
  const Icon = open ? ChevronDownRegular : ChevronRightRegular;
  return (
    <li>
      <div className="row" style={{ flexWrap: "nowrap", gap: 0 }}>
        {node.has_children && !flat ? (
          <Button
            size="small"
            appearance="subtle"
            icon={<Icon />}
            aria-expanded={open}
            aria-label={t(open ? "map-collapse" : "map-expand", { name: node.name })}
            onClick={() => {
              setOpen(!open);
            }}
          />
        ) : (
          <span style={{ width: 24, flex: "none" }} />
        )}
        <Checkbox
          label={flat ? node.dn : node.name}
          disabled={tick === "inherited"}
          checked={tick === "mixed" ? "mixed" : tick !== "off"}
          onChange={() => {
            choice.onChange(toggled(node, choice.chosen));
          }}
        />
      </div>
      {open && <Branches under={node.dn} {...choice} />}
    </li>
  );
}

function Branches({ under, search, ...choice }: Choice & { under: string; search?: string }) {
  const query = useQuery({
    queryKey: ["units", choice.account, under, search],
    queryFn: async () => host.browseUnits(choice.account, search ? { search } : { under }),
    enabled: under !== "",
  });
  if (query.error) return <ErrorBar error={query.error} />;
  if (!query.data) return <Spinner size="tiny" label={t("state-loading")} />;
  if (query.data.length === 0) return <p className="muted">{t("map-none")}</p>;
  return (
    <ul style={{ listStyle: "none", margin: 0, paddingLeft: search ? 0 : 12 }}>
      {query.data.map((node) => (
        <Branch key={node.dn} node={node} flat={Boolean(search)} {...choice} />
      ))}
    </ul>
  );
}

/** Organizational units, each level read when it is opened. */
export function UnitTree({
  label,
  hint,
  base,
  ...choice
}: Choice & { label: string; hint?: string; base: string }) {
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search.trim());
  return (
    <section aria-label={label}>
      <h2>{label}</h2>
      <Input
        style={{ width: "100%", marginBottom: 4 }}
        aria-label={t("map-search-units")}
        placeholder={t("map-search-units")}
        value={search}
        onChange={(_e, d) => {
          setSearch(d.value);
        }}
      />
      <div className="box">
        <Branches under={base} search={wanted || undefined} {...choice} />
      </div>
      {hint && <p className="muted">{hint}</p>}
    </section>
  );
}

import { Field, Input, Select, ToggleButton } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import type { Mapping, NameFrom } from "../generated";
import { host } from "../host";
import { ErrorBar, fieldError } from "../parts/error-bar";
import { t } from "../texts";
import { FilterPart } from "./filter/filter-part";
import { GroupPicker } from "./group-picker";
import { ProfilePage } from "./profile-page";
import { Lists } from "./lists";
import { emptyMapping } from "./new";
import { isWhole } from "./filter/whole";
import { UnitTree } from "./unit-tree";

interface Props {
  mapping: Mapping;
  isNew: boolean;
  error: unknown;
  onChange: (mapping: Mapping) => void;
}

function Basics({ mapping, isNew, error, put }: Props & { put: (part: Partial<Mapping>) => void }) {
  const accounts = useQuery({ queryKey: ["accounts"], queryFn: host.accounts });
  const bases = useQuery({
    queryKey: ["bases", mapping.account],
    queryFn: async () => host.browseBases(mapping.account),
    enabled: mapping.account !== "",
  });
  const only = bases.data?.[0]?.dn;
  const typed = useRef(false);
  // The first base DN is offered until somebody types another: whoever empties the field wants to type.
  useEffect(() => {
    if (only && mapping.base_dn === "" && !typed.current) put({ base_dn: only });
  });
  return (
    <div className="split">
      <Field label={t("map-name")} required validationMessage={fieldError(error, "name")}>
        <Input
          disabled={!isNew}
          value={mapping.name}
          onChange={(_e, d) => {
            put({ name: d.value });
          }}
        />
      </Field>
      <Field label={t("map-account")}>
        <Select
          value={mapping.account}
          onChange={(_e, d) => {
            typed.current = false;
            put({ account: d.value, units: [], groups: [], base_dn: "" });
          }}
        >
          {accounts.data?.map((a) => (
            <option key={a.name}>{a.name}</option>
          ))}
        </Select>
      </Field>
      <Field
        label={t("map-base")}
        validationMessage={fieldError(error, "base_dn") ?? fieldError(bases.error, "base_dn")}
      >
        <Input
          list="bases"
          value={mapping.base_dn}
          onChange={(_e, d) => {
            typed.current = true;
            put({ base_dn: d.value });
          }}
        />
      </Field>
      <datalist id="bases">
        {bases.data?.map((b) => (
          <option key={b.dn} value={b.dn} />
        ))}
      </datalist>
      <Field label={t("map-name-from")}>
        <Select
          value={mapping.name_from}
          onChange={(_e, d) => {
            put({ name_from: d.value as NameFrom });
          }}
        >
          <option value="upn">{t("map-upn")}</option>
          <option value="cn">{t("map-cn")}</option>
        </Select>
      </Field>
    </div>
  );
}

/** Both pages of a mapping, and how many people match as it stands. */
export function MappingEditor(props: Props) {
  const { mapping, onChange, error } = props;
  const [page, setPage] = useState("who");
  // Only what decides who belongs; the rest may be typed without a count.
  const {
    account,
    base_dn,
    name_from,
    units,
    groups,
    nested_groups,
    department,
    country,
    filter,
    conditions,
  } = mapping;
  const scope = {
    account,
    base_dn,
    name_from,
    units,
    groups,
    nested_groups,
    department,
    country,
    filter,
    conditions,
  };
  const asked = useDeferredValue(JSON.stringify(scope));
  const counted = useQuery({
    queryKey: ["count", asked],
    queryFn: async ({ signal }) =>
      host.countPeople({ ...emptyMapping(account), ...(JSON.parse(asked) as Partial<Mapping>) }, signal),
    placeholderData: (old) => old,
    enabled: mapping.account !== "" && mapping.base_dn !== "" && (!conditions || isWhole(conditions)),
  });
  const put = (part: Partial<Mapping>) => {
    onChange({ ...mapping, ...part });
  };
  return (
    <div className="column">
      <div className="row">
        <ToggleButton
          checked={page === "who"}
          onClick={() => {
            setPage("who");
          }}
        >
          {t("map-page1")}
        </ToggleButton>
        <ToggleButton
          checked={page === "profile"}
          onClick={() => {
            setPage("profile");
          }}
        >
          {t("map-page2")}
        </ToggleButton>
      </div>
      <ErrorBar error={error} except={["name", "base_dn", "filter"]} />
      {page === "who" ? (
        <>
          <Basics {...props} error={error ?? counted.error} put={put} />
          <div className="split">
            <UnitTree
              account={mapping.account}
              base={mapping.base_dn}
              chosen={mapping.units ?? []}
              onChange={(units) => {
                put({ units });
              }}
            />
            <GroupPicker mapping={mapping} onChange={put} />
          </div>
          <div className="split">
            <Lists
              label={t("map-department")}
              values={mapping.department ?? []}
              onChange={(department) => {
                put({ department });
              }}
            />
            <Lists
              label={t("map-country")}
              values={mapping.country ?? []}
              onChange={(country) => {
                put({ country });
              }}
            />
          </div>
          <FilterPart mapping={mapping} onChange={put} />
        </>
      ) : (
        <ProfilePage mapping={mapping} onChange={put} />
      )}
      <strong role="status">
        {counted.data &&
          t(counted.data.complete ? "map-matches" : "map-matches-part", { n: counted.data.count })}
      </strong>
      <ErrorBar error={counted.error} except={["base_dn", "filter", "conditions"]} />
    </div>
  );
}

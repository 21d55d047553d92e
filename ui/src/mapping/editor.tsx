import { Field, Input, Select, Tab, TabList } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState } from "react";
import type { Mapping, NameFrom } from "../generated";
import { host } from "../host";
import { ErrorBar, fieldError } from "../parts/error-bar";
import { t } from "../texts";
import { Exceptions } from "./exceptions";
import { FilterPart } from "./filter/filter-part";
import { GroupPicker } from "./choose/group-picker";
import { ProfilePage } from "./profile-page";
import { Lists } from "./lists";
import { Pane } from "./pane";
import { UnitTree } from "./choose/unit-tree";
import { useCount } from "./use-count";

interface Props {
  mapping: Mapping;
  isNew: boolean;
  error: unknown;
  /** People of its last import. */
  before?: number;
  onChange: (mapping: Mapping) => void;
}

/** What is chosen in one directory means nothing in another. */
const NO_CHOICE = {
  units: [],
  groups: [],
  exclude_units: [],
  exclude_groups: [],
  include_people: [],
  exclude_people: [],
};

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
            put({ account: d.value, ...NO_CHOICE, base_dn: "" });
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

const PAGES = ["who", "exceptions", "profile"] as const;
type PageName = (typeof PAGES)[number];
const NAMES = { who: "map-page1", exceptions: "map-exceptions", profile: "map-page2" } as const;

function Who({ put, ...props }: Props & { put: (part: Partial<Mapping>) => void }) {
  const { mapping } = props;
  return (
    <>
      <Basics {...props} put={put} />
      <div className="split">
        <UnitTree
          label={t("map-units")}
          hint={t("map-units-hint")}
          account={mapping.account}
          base={mapping.base_dn}
          chosen={mapping.units ?? []}
          onChange={(units) => {
            put({ units });
          }}
        />
        <GroupPicker
          label={t("map-groups")}
          mapping={mapping}
          chosen={mapping.groups ?? []}
          onGroups={(groups) => {
            put({ groups });
          }}
          onChange={put}
        />
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
  );
}

/** Both pages of a mapping, and beside them what it comes to as it stands. */
export function MappingEditor(props: Props) {
  const { mapping, onChange, error, before } = props;
  const [page, setPage] = useState<PageName>("who");
  const panel = useId();
  const counted = useCount(mapping);
  const put = (part: Partial<Mapping>) => {
    onChange({ ...mapping, ...part });
  };
  return (
    <div className="editor">
      <div className="column">
        <TabList
          selectedValue={page}
          onTabSelect={(_e, d) => {
            setPage(d.value as PageName);
          }}
        >
          {PAGES.map((one) => (
            <Tab key={one} value={one} aria-controls={panel}>
              {t(NAMES[one])}
            </Tab>
          ))}
        </TabList>
        <ErrorBar error={error} except={["name", "base_dn", "filter"]} />
        <div id={panel} role="tabpanel" aria-label={t(NAMES[page])} className="column">
          {page === "who" && <Who {...props} error={error ?? counted.error} put={put} />}
          {page === "exceptions" && <Exceptions mapping={mapping} onChange={put} />}
          {page === "profile" && <ProfilePage mapping={mapping} onChange={put} />}
        </div>
      </div>
      <Pane mapping={mapping} counted={counted} before={before}>
        <ErrorBar error={counted.error} except={["base_dn", "filter", "conditions"]} />
      </Pane>
    </div>
  );
}

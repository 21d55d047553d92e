import type { Mapping } from "../generated";
import { t } from "../texts";
import { GroupPicker } from "./choose/group-picker";
import { PeoplePicker } from "./choose/people-picker";
import { UnitTree } from "./choose/unit-tree";

interface Props {
  mapping: Mapping;
  onChange: (part: Partial<Mapping>) => void;
}

/** Whom the mapping leaves out, and whom it adds: whoever is left out stays out, whatever else is said of them. */
export function Exceptions({ mapping, onChange }: Props) {
  const { account, base_dn: base } = mapping;
  return (
    <>
      <p className="muted">{t("map-exceptions-hint")}</p>
      <div className="split">
        <UnitTree
          label={t("map-not-units")}
          account={account}
          base={base}
          chosen={mapping.exclude_units ?? []}
          onChange={(exclude_units) => {
            onChange({ exclude_units });
          }}
        />
        <GroupPicker
          label={t("map-not-groups")}
          mapping={mapping}
          chosen={mapping.exclude_groups ?? []}
          onGroups={(exclude_groups) => {
            onChange({ exclude_groups });
          }}
          onChange={onChange}
        />
      </div>
      <div className="split">
        <PeoplePicker
          label={t("map-not-people")}
          account={account}
          base={base}
          chosen={mapping.exclude_people ?? []}
          onChange={(exclude_people) => {
            onChange({ exclude_people });
          }}
        />
        <PeoplePicker
          label={t("map-add-people")}
          account={account}
          base={base}
          chosen={mapping.include_people ?? []}
          onChange={(include_people) => {
            onChange({ include_people });
          }}
        />
      </div>
    </>
  );
}

import { Button, Input, Select } from "@fluentui/react-components";
import { DeleteRegular } from "@fluentui/react-icons/svg/delete";
import type { Condition, Operator } from "../../generated";
import { t } from "../../texts";

const OPERATORS: Operator[] = [
  "equals",
  "not_equals",
  "starts_with",
  "ends_with",
  "contains",
  "at_least",
  "at_most",
  "present",
  "absent",
];
export const emptyTest = (): Condition => ({ attribute: "department", op: "equals", value: "" });
type Test = Extract<Condition, { attribute: string }>;

function TestRow({ test, onChange }: { test: Test; onChange: (test: Test) => void }) {
  return (
    <>
      <Input
        aria-label={t("map-attribute")}
        value={test.attribute}
        onChange={(_e, d) => {
          onChange({ ...test, attribute: d.value });
        }}
        style={{ width: 140 }}
      />
      <Select
        aria-label={t("map-operator")}
        value={test.op}
        onChange={(_e, d) => {
          onChange({ ...test, op: d.value as Operator });
        }}
      >
        {OPERATORS.map((op) => (
          <option key={op} value={op}>
            {t(`op-${op}`)}
          </option>
        ))}
      </Select>
      {test.op !== "present" && test.op !== "absent" && (
        <Input
          aria-label={t("map-value")}
          value={test.value}
          onChange={(_e, d) => {
            onChange({ ...test, value: d.value });
          }}
          style={{ width: 160 }}
        />
      )}
    </>
  );
}

/** A list of conditions joined by AND or OR; a group in it is a list again. */
export function Conditions({ value, onChange }: { value: Condition; onChange: (value: Condition) => void }) {
  const any = "any" in value;
  const list = "all" in value ? value.all : "any" in value ? value.any : [value];
  const put = (next: Condition[], joinAny = any) => {
    onChange(joinAny ? { any: next } : { all: next });
  };
  return (
    <div
      className="column"
      style={{ gap: 8, borderLeft: "3px solid var(--colorNeutralStroke1)", paddingLeft: 12 }}
    >
      <div className="row">
        <Select
          aria-label={t("map-join")}
          value={any ? "any" : "all"}
          onChange={(_e, d) => {
            put(list, d.value === "any");
          }}
        >
          <option value="all">{t("map-all")}</option>
          <option value="any">{t("map-any")}</option>
        </Select>
        <Button
          onClick={() => {
            put([...list, emptyTest()]);
          }}
        >
          {t("map-add-condition")}
        </Button>
        <Button
          onClick={() => {
            put([...list, { any: [emptyTest()] }]);
          }}
        >
          {t("map-add-group")}
        </Button>
      </div>
      {list.map((item, i) => {
        const change = (next: Condition) => {
          put(list.map((old, at) => (at === i ? next : old)));
        };
        return (
          <div className="row" key={i}>
            {"attribute" in item ? (
              <TestRow test={item} onChange={change} />
            ) : (
              <Conditions value={item} onChange={change} />
            )}
            <Button
              appearance="subtle"
              icon={<DeleteRegular />}
              aria-label={t("map-remove-condition", { n: i + 1 })}
              onClick={() => {
                put(list.filter((_c, at) => at !== i));
              }}
            />
          </div>
        );
      })}
    </div>
  );
}

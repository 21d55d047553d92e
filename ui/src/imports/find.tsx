import { SearchBox } from "@fluentui/react-components";
import { t } from "../texts";

interface Props {
  value: string;
  /** How many match; not known yet before the first answer. */
  total: number | undefined;
  onChange: (text: string) => void;
}

/** Looks among people, and says how many match. */
export function Find({ value, total, onChange }: Props) {
  return (
    <div className="row">
      <SearchBox
        className="grow"
        aria-label={t("imp-find")}
        placeholder={t("imp-find")}
        value={value}
        onChange={(_e, d) => {
          onChange(d.value);
        }}
      />
      <span role="status">{total !== undefined && t("imp-shown", { n: total })}</span>
    </div>
  );
}

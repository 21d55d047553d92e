import { ArrowRightRegular } from "@fluentui/react-icons/svg/arrow-right";
import { EditRegular } from "@fluentui/react-icons/svg/edit";
import { t } from "../../texts";
import type { Difference } from "./differences";

/** Settings of a mapping today and after the approval, or all of a new one's. */
function Settings({ rows, isNew, changed }: { rows: Difference[]; isNew: boolean; changed: boolean }) {
  return (
    <table className="grid differences">
      <thead>
        <tr>
          <th scope="col">{t("prop-setting")}</th>
          {!isNew && <th scope="col">{t("prop-today")}</th>}
          <th scope="col">{t("prop-then")}</th>
          {changed && (
            <th scope="col">
              <span className="unseen">{t("prop-changed")}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className={row.changed ? "changed" : undefined}>
            <th scope="row">{t(row.id)}</th>
            {!isNew && <td data-name={t("prop-today")}>{row.before}</td>}
            <td data-name={isNew ? undefined : t("prop-then")}>
              {row.changed && <ArrowRightRegular className="becomes" aria-hidden />}
              {row.after}
            </td>
            {changed && (
              <td>
                <span className="outcome">
                  <EditRegular color="var(--colorStatusWarningForeground3)" aria-hidden />
                  <strong>{t("prop-changed")}</strong>
                </span>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What changes is marked by shape and word; what stays as it is is there for whoever wants to see it. */
export function DifferencesTable({ rows }: { rows: Difference[] }) {
  const isNew = rows.every((row) => row.before === undefined);
  const changed = rows.filter((row) => row.changed);
  const kept = rows.filter((row) => !row.changed);
  if (isNew) return <Settings rows={rows} isNew changed={false} />;
  return (
    <>
      {changed.length > 0 && <Settings rows={changed} isNew={false} changed />}
      <details>
        <summary>{t("prop-kept-n", { n: kept.length })}</summary>
        <Settings rows={kept} isNew={false} changed={false} />
      </details>
    </>
  );
}

import { Link } from "@fluentui/react-components";
import { COUNTED, COUNTS } from "../imports/counts";
import { RunState } from "../imports/state";
import { useNewest } from "../imports/use-runs";
import { open } from "../screens";
import { count, t, when } from "../texts";

/** So many fit beside everything else that is looked at first. */
const SHOWN = 6;

/** The newest imports; each leads to what it did, and to whom. */
export function Recent() {
  const newest = useNewest(SHOWN);
  return (
    <section className="card column">
      <h2>{t("over-recent")}</h2>
      {newest.data?.length === 0 ? (
        <p className="muted">{t("over-none-yet")}</p>
      ) : (
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{t("imp-finished")}</th>
              <th scope="col">{t("imp-mapping")}</th>
              {COUNTED.map((name) => (
                <th key={name} scope="col" className="number">
                  {t(`over-${name}`)}
                </th>
              ))}
              <th scope="col">{t("imp-result")}</th>
            </tr>
          </thead>
          <tbody>
            {newest.data?.map(({ id, record }) => (
              <tr key={id}>
                <td className="time">
                  <Link
                    as="button"
                    aria-label={t("imp-open", { mapping: record.mapping, at: when(record.finished_ms) })}
                    onClick={() => {
                      open("imports", String(id));
                    }}
                  >
                    {when(record.finished_ms)}
                  </Link>
                </td>
                <td>{record.mapping}</td>
                {COUNTED.map((name) => (
                  <td key={name} className="number">
                    {count(COUNTS[name](record))}
                  </td>
                ))}
                <td>
                  <RunState record={record} brief />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {newest.data && newest.data.length > 0 && (
        <div>
          <Link
            as="button"
            onClick={() => {
              open("imports");
            }}
          >
            {t("over-do-import")}
          </Link>
        </div>
      )}
    </section>
  );
}

import { t } from "../../texts";
import { attributesIn } from "./differences";

/** What an import sends of somebody. */
const SENT = [
  "user_name",
  "email",
  "display_name",
  "given_name",
  "surname",
  "department",
  "country",
  "title",
] as const;

/** Which attributes decide, and which go to the cloud: who is taken tells what somebody's values are. */
export function Attributes({
  filter,
  department,
  country,
}: {
  filter: string;
  department: boolean;
  country: boolean;
}) {
  const asked = [
    ...attributesIn(filter),
    ...(department ? [t("map-department")] : []),
    ...(country ? [t("map-country")] : []),
  ];
  return (
    <dl>
      <dt>{t("prop-selects-by")}</dt>
      <dd>
        {asked.length > 0 ? (
          <span className="row">
            {asked.map((name) => (
              <code key={name} className="attribute">
                {name}
              </code>
            ))}
          </span>
        ) : (
          t("prop-selects-by-none")
        )}
      </dd>
      <dt>{t("prop-sends")}</dt>
      <dd>{SENT.map((field) => t(`field-${field}`)).join(", ")}</dd>
    </dl>
  );
}

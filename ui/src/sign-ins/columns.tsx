import { Button } from "@fluentui/react-components";
import type { SignInRow } from "../generated";
import type { Column } from "../parts/grid/grid";
import { t, toTheSecond } from "../texts";
import { Outcome, whyOf } from "./outcome";
import type { Kind } from "./use-sign-ins";

/** Whom an entry is about, and what is known besides. */
function who({ name, user_name, identity }: SignInRow): [string, string] {
  if (name ?? user_name) return [name ?? user_name ?? "", name ? (user_name ?? "") : ""];
  return identity === null
    ? [t("sign-nobody"), t("sign-nobody-why")]
    : [t("sign-not-in-cloud"), t("sign-no-account")];
}

/** The name by which somebody can be explained, where the entry has one. */
export const nameOf = ({ user_name, name }: SignInRow): string => user_name ?? name ?? "";

/** What is shown of each sign-in, or of each look-up. */
export function columnsOf(kind: Kind): Column<SignInRow>[] {
  const took: Column<SignInRow> = {
    id: "took",
    head: t("sign-took"),
    width: "80px",
    number: true,
    cell: ({ ms }) => (ms === null ? "–" : t("over-ms", { n: Math.round(ms) })),
  };
  return [
    { id: "time", head: t("sign-time"), width: "minmax(184px, 1fr)", cell: (row) => toTheSecond(row.at_ms) },
    {
      id: "who",
      head: t("sign-who"),
      width: "minmax(0, 2fr)",
      cell: (row) => {
        const [name, more] = who(row);
        return (
          <>
            <span className={row.identity === null ? "muted" : undefined}>{name}</span>
            {more && <div className="muted small">{more}</div>}
          </>
        );
      },
    },
    {
      id: "outcome",
      head: t("sign-outcome"),
      width: "minmax(0, 3fr)",
      cell: ({ outcome, code, times }) => (
        <>
          <Outcome outcome={outcome} />
          <div className="muted small">
            {[whyOf(kind, outcome, code), times > 1 && t("log-times", { n: times })]
              .filter(Boolean)
              .join(", ")}
          </div>
        </>
      ),
    },
    { id: "mapping", head: t("sign-mapping"), width: "minmax(0, 1fr)", cell: (row) => row.mapping ?? "–" },
    ...(kind === "sign_ins" ? [took] : []),
    {
      id: "explain",
      head: t("sign-explain"),
      unseen: true,
      width: "88px",
      cell: (row) =>
        nameOf(row) && (
          <Button size="small" tabIndex={-1}>
            {t("sign-explain")}
          </Button>
        ),
    },
  ];
}

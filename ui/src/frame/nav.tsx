import { CounterBadge, Divider, Tooltip } from "@fluentui/react-components";
import { useStatus } from "../parts/fresh/use-status";
import { open, PLACES, type Place } from "../screens";
import { count, t } from "../texts";
import type { Status } from "../generated";
import { ICONS } from "./icons";

/** What waits behind a place: how much of it, and in words. */
function waiting(place: Place, status: Status | undefined): { n: number; words: string } {
  const none = { n: 0, words: "" };
  if (!status) return none;
  if (place === "imports") {
    const n = status.awaiting_approval.reduce((sum, list) => sum + list.people, 0);
    return { n, words: t("nav-waiting", { n }) };
  }
  if (place === "mappings")
    return { n: status.proposed.length, words: t("nav-proposed", { n: status.proposed.length }) };
  if (place !== "accounts") return none;
  // Other alerts have an account as well, and are no fault of its directory: whom the cloud refuses, whose password ends.
  const away = status.alerts.filter(({ kind }) => kind.startsWith("directory_")).length;
  const n = away + status.missing_passwords.length;
  return { n, words: t("nav-wrong", { n }) };
}

function Entry({ place, here, status }: { place: Place; here: boolean; status: Status | undefined }) {
  const Icon = here ? ICONS[place].here : ICONS[place].elsewhere;
  const { n, words } = waiting(place, status);
  const badge = `nav-badge-${place}`;
  return (
    <Tooltip
      content={[t(`nav-${place}`), n > 0 && words].filter(Boolean).join(": ")}
      relationship="inaccessible"
      positioning="after"
    >
      <button
        type="button"
        aria-current={here ? "page" : undefined}
        aria-label={t(`nav-${place}`)}
        aria-describedby={n > 0 ? badge : undefined}
        onClick={() => {
          open(place);
        }}
      >
        <Icon fontSize={20} aria-hidden />
        <span className="nav-word">{t(`nav-${place}`)}</span>
        {n > 0 && (
          <>
            <CounterBadge
              className="nav-count"
              appearance="filled"
              color={place === "accounts" ? "danger" : "brand"}
              overflowCount={9999}
              count={n}
              aria-hidden
            >
              <span className="nav-all">{count(n)}</span>
            </CounterBadge>
            <span id={badge} hidden>
              {words}
            </span>
          </>
        )}
      </button>
    </Tooltip>
  );
}

export function Nav({ screen }: { screen: Place }) {
  const status = useStatus().data;
  const entry = (place: Place) => <Entry key={place} place={place} here={place === screen} status={status} />;
  return (
    <nav className="nav" aria-label={t("nav-label")}>
      {PLACES.daily.map(entry)}
      <Divider className="nav-line" />
      {PLACES.seldom.map(entry)}
    </nav>
  );
}

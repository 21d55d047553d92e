import { CheckmarkCircleRegular } from "@fluentui/react-icons/svg/checkmark-circle";
import { PeopleRegular } from "@fluentui/react-icons/svg/people";
import { PersonKeyRegular } from "@fluentui/react-icons/svg/person-key";
import { PersonProhibitedRegular } from "@fluentui/react-icons/svg/person-prohibited";
import type { FluentIcon } from "@fluentui/react-icons";
import { useQuery } from "@tanstack/react-query";
import type { Status } from "../generated";
import { host } from "../host";
import { useLastEnd } from "../imports/use-runs";
import { openList } from "../imports/waiting";
import { open } from "../screens";
import { count, t, type TextId } from "../texts";
import { FAILED } from "../sign-ins/use-sign-ins";
import { useSignInsOfDay } from "./use-history";

interface Tile {
  icon: FluentIcon;
  name: TextId;
  /** Not known yet. */
  value: number | undefined;
  more: string;
  go: () => void;
}

/** The four numbers that matter, each of which leads to what it counts. */
export function Tiles({ status }: { status: Status }) {
  const [first] = status.awaiting_approval;
  const waiting = status.awaiting_approval.reduce((sum, list) => sum + list.people, 0);
  const end = useLastEnd();
  // As the list counts them that the tile leads to.
  const skipped = useQuery({
    queryKey: ["people", "counts", end],
    queryFn: async () => host.people({ offset: 0, limit: 0 }),
    select: (page) => page.counts.skipped,
    placeholderData: (old) => old,
  });
  const { known, all, failed } = useSignInsOfDay();
  const tiles: Tile[] = [
    {
      icon: PeopleRegular,
      name: "over-people",
      value: status.people,
      more: t("over-in-mappings", { n: status.mappings }),
      go: () => {
        open("people");
      },
    },
    {
      icon: PersonProhibitedRegular,
      name: "over-skipped",
      value: skipped.data,
      more: t("over-skipped-where"),
      go: () => {
        open("people", "", "skipped");
      },
    },
    {
      icon: CheckmarkCircleRegular,
      name: "over-approval",
      value: waiting,
      more: t(waiting > 0 ? "over-approval-some" : "over-approval-none"),
      go: () => {
        if (first && status.awaiting_approval.length === 1) openList(first);
        else open("imports");
      },
    },
    {
      icon: PersonKeyRegular,
      name: "over-failed",
      value: known ? failed : undefined,
      more: all === 0 ? t("chart-sign-ins-none") : t("over-failed-of", { n: all }),
      go: () => {
        open("sign_ins", FAILED);
      },
    },
  ];
  return (
    <div className="tiles">
      {tiles.map(({ icon: Icon, name, value, more, go }) => (
        <button key={name} type="button" className="tile" onClick={go}>
          <span className="tile-name">
            <Icon fontSize={20} aria-hidden />
            {t(name)}
          </span>
          <span className="tile-value">{value === undefined ? "–" : count(value)}</span>
          <span className="muted small">{more}</span>
        </button>
      ))}
    </div>
  );
}

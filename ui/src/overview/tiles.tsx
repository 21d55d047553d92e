import { CheckmarkCircleRegular } from "@fluentui/react-icons/svg/checkmark-circle";
import { PeopleRegular } from "@fluentui/react-icons/svg/people";
import { PersonKeyRegular } from "@fluentui/react-icons/svg/person-key";
import { PersonProhibitedRegular } from "@fluentui/react-icons/svg/person-prohibited";
import type { FluentIcon } from "@fluentui/react-icons";
import type { Status } from "../generated";
import { open } from "../screens";
import { count, t, type TextId } from "../texts";

interface Tile {
  icon: FluentIcon;
  name: TextId;
  value: number;
  more: string;
  go: () => void;
}

/** The four numbers that matter, each of which leads to what it counts. */
export function Tiles({ status }: { status: Status }) {
  const [first] = status.awaiting_approval;
  const waiting = status.awaiting_approval.reduce((sum, list) => sum + list.people, 0);
  const skipped = status.last_imports.reduce((sum, record) => sum + record.counts.skip, 0);
  const p95 = status.sign_in_p95_ms;
  const tiles: Tile[] = [
    {
      icon: PeopleRegular,
      name: "over-people",
      value: status.people,
      more: t("over-in-mappings", { n: status.mappings }),
      go: () => {
        open("mappings");
      },
    },
    {
      icon: PersonProhibitedRegular,
      name: "over-skipped",
      value: skipped,
      more: t("over-skipped-where"),
      go: () => {
        open("activity", "import");
      },
    },
    {
      icon: CheckmarkCircleRegular,
      name: "over-approval",
      value: waiting,
      more: t(waiting > 0 ? "over-approval-some" : "over-approval-none"),
      go: () => {
        open("mappings", first?.mapping);
      },
    },
    {
      icon: PersonKeyRegular,
      name: "over-sign-ins-minute",
      value: status.sign_ins_last_minute,
      more: p95 === null ? t("over-no-sign-ins") : t("over-p95-ms", { n: Math.round(p95) }),
      go: () => {
        open("sign_ins");
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
          <span className="tile-value">{count(value)}</span>
          <span className="muted small">{more}</span>
        </button>
      ))}
    </div>
  );
}

import { ArrowCounterclockwiseRegular } from "@fluentui/react-icons/svg/arrow-counterclockwise";
import { CheckmarkRegular } from "@fluentui/react-icons/svg/checkmark";
import { DismissCircleRegular } from "@fluentui/react-icons/svg/dismiss-circle";
import { EditRegular } from "@fluentui/react-icons/svg/edit";
import { LinkRegular } from "@fluentui/react-icons/svg/link";
import { PauseCircleRegular } from "@fluentui/react-icons/svg/pause-circle";
import { PersonAddRegular } from "@fluentui/react-icons/svg/person-add";
import { PersonDeleteRegular } from "@fluentui/react-icons/svg/person-delete";
import { SubtractCircleRegular } from "@fluentui/react-icons/svg/subtract-circle";
import type { Change, ImportedPerson } from "../../generated";
import { known, language, t } from "../../texts";
import { failureIn } from "../../texts/failures";
import { reason } from "../../texts/typed";

const ICONS = {
  create: PersonAddRegular,
  adopt: LinkRegular,
  update: EditRegular,
  reactivate: ArrowCounterclockwiseRegular,
  preserve: PersonDeleteRegular,
  hold: PauseCircleRegular,
  skip: SubtractCircleRegular,
  unchanged: CheckmarkRegular,
} as const;

/** What happened to somebody by shape and word. */
export function Did({ change, refused = false }: { change: Change; refused?: boolean }) {
  const Icon = refused ? DismissCircleRegular : ICONS[change];
  return (
    <span className="state">
      <Icon
        fontSize={16}
        color={refused ? "var(--colorStatusDangerForeground1)" : "var(--colorNeutralForeground2)"}
        aria-hidden
      />
      <span>{t(refused ? "over-refused" : `import-did-${change}`)}</span>
    </span>
  );
}

export const fieldOf = (name: string): string => {
  const key = `field-${name}`;
  return known(key) ? t(key) : name;
};

/** Fields that differ, with what they were and what they are. */
export function differences({
  before,
  after,
}: ImportedPerson): { name: string; before: string; after: string }[] {
  if (!before) return [];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after ?? {})])];
  return names.map((name) => ({ name, before: before[name] ?? "", after: after?.[name] ?? "" }));
}

/** Why it happened, in a sentence; of a change what it was and is. */
export function whyOne(person: ImportedPerson): string {
  const { refused, postponed, ...rest } = person;
  const differ = differences(person).map((one) =>
    t("imp-from-to", {
      field: fieldOf(one.name),
      before: one.before || t("imp-empty"),
      after: one.after || t("imp-empty"),
    }),
  );
  const not = [
    refused && failureIn(language, refused).message,
    postponed && t("imp-postponed", { error: postponed }),
  ];
  return [...not, differ.length > 0 ? differ.join("; ") : reason(rest)].filter(Boolean).join(" ");
}

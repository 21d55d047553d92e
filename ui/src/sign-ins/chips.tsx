import { ToggleButton } from "@fluentui/react-components";
import { count, t } from "../texts";
import { outcomeName } from "./outcome";
import { FAILED } from "./use-sign-ins";

interface Props {
  counts: Record<string, number>;
  all: number;
  failed: number;
  chosen: string;
  onChoose: (outcome: string) => void;
}

/** The outcomes that there were, the most frequent first, each with its number; one of them may be chosen. */
export function Chips({ counts, all, failed, chosen, onChoose }: Props) {
  const names = Object.keys(counts).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  // What was chosen stays to be seen, and to be let go, where nothing has that outcome now.
  const shown = chosen && chosen !== FAILED && !names.includes(chosen) ? [...names, chosen] : names;
  const chip = (outcome: string, words: string, n: number) => (
    <ToggleButton
      key={outcome}
      size="small"
      shape="circular"
      className="chip"
      checked={chosen === outcome}
      onClick={() => {
        onChoose(chosen === outcome ? "" : outcome);
      }}
    >
      <span>{words}</span>
      <span className="chip-count">{count(n)}</span>
    </ToggleButton>
  );
  return (
    <div className="row chips" role="group" aria-label={t("sign-outcomes")}>
      {chip("", t("sign-all"), all)}
      {chip(FAILED, t("sign-failed"), failed)}
      {shown.map((outcome) => chip(outcome, outcomeName(outcome), counts[outcome] ?? 0))}
    </div>
  );
}

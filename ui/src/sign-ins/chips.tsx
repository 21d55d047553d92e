import { ToggleButton } from "@fluentui/react-components";
import { count, t } from "../texts";
import { outcomeName } from "./outcome";

interface Props {
  counts: Record<string, number>;
  all: number;
  chosen: string;
  onChoose: (outcome: string) => void;
}

/** The outcomes that there were, the most frequent first, each with its number; one of them may be chosen. */
export function Chips({ counts, all, chosen, onChoose }: Props) {
  const names = Object.keys(counts).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  // What was chosen stays to be seen, and to be let go, where nothing has that outcome now.
  const shown = chosen && !names.includes(chosen) ? [...names, chosen] : names;
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
      {shown.map((outcome) => chip(outcome, outcomeName(outcome), counts[outcome] ?? 0))}
    </div>
  );
}

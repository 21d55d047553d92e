import { ToggleButton } from "@fluentui/react-components";
import type { PeopleCounts, PersonState } from "../generated";
import { count, t } from "../texts";
import { STATES } from "./state";

interface Props {
  counts: PeopleCounts | undefined;
  chosen: PersonState | undefined;
  onChoose: (state: PersonState | undefined) => void;
}

/** How many there are of each state; one of them may be chosen. */
export function Chips({ counts, chosen, onChoose }: Props) {
  const all = counts && STATES.reduce((sum, state) => sum + counts[state], 0);
  const chip = (state: PersonState | undefined, n: number | undefined) => (
    <ToggleButton
      key={state ?? "all"}
      size="small"
      shape="circular"
      className="chip"
      checked={chosen === state}
      onClick={() => {
        onChoose(chosen === state ? undefined : state);
      }}
    >
      <span>{t(state ? `who-${state}` : "who-all")}</span>
      <span className="chip-count">{n === undefined ? "…" : count(n)}</span>
    </ToggleButton>
  );
  return (
    <div className="row chips" role="group" aria-label={t("who-states")}>
      {chip(undefined, all)}
      {STATES.map((state) => chip(state, counts?.[state]))}
    </div>
  );
}

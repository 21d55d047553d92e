import type { Host } from "../contract";
import { fail, type State } from "./state";

type Part = Pick<
  Host,
  "settings" | "changeSettings" | "draft" | "saveDraft" | "clearDraft" | "starts" | "startWith"
>;

const KEY = "insync.wizard";
const store = () => (globalThis as { localStorage?: Storage }).localStorage;

function between(value: number, least: number, most: number, field: string): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw fail(
      "invalid_input",
      `${value} is out of bounds.`,
      `Use a number from ${least} to ${most}.`,
      field,
    );
}

/** Settings, and the draft of the wizard; a browser keeps the draft over a reload. */
export function rulesPart(state: State): Part {
  return {
    settings: async () => Promise.resolve(structuredClone(state.settings)),
    changeSettings: async (patch) => {
      if (patch.import) {
        between(patch.import.interval_hours, 1, 744, "interval_hours");
        between(patch.import.removal_limit_percent, 0, 100, "removal_limit_percent");
        between(patch.import.removal_limit_people, 0, 1_000_000, "removal_limit_people");
        between(patch.import.batch_size, 1, 1000, "batch_size");
      }
      if (patch.sign_in) {
        between(patch.sign_in.wrong_attempts, 1, 1000, "wrong_attempts");
        between(patch.sign_in.window_minutes, 1, 1440, "window_minutes");
        between(patch.sign_in.deadline_seconds, 1, 60, "deadline_seconds");
      }
      Object.assign(state.settings, patch);
      state.note("settings", "settings changed", {});
      return Promise.resolve(structuredClone(state.settings));
    },
    draft: async () => {
      const text = store()?.getItem(KEY) ?? state.draft;
      return Promise.resolve(text ? JSON.parse(text) : null);
    },
    saveDraft: async (draft) => {
      state.draft = JSON.stringify(draft);
      store()?.setItem(KEY, state.draft);
      return Promise.resolve();
    },
    clearDraft: async () => {
      state.draft = null;
      store()?.removeItem(KEY);
      return Promise.resolve();
    },
    starts: async () => Promise.resolve(state.start),
    startWith: async (start) => {
      state.start = start;
      return Promise.resolve();
    },
  };
}

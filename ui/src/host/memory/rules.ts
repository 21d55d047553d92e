import type { Host } from "../contract";
import { NOW } from "./company/sample";
import { fail, type State } from "./state";

const KEY = "insync.wizard";
const store = () => (globalThis as { localStorage?: Storage }).localStorage;

function between(value: number, least: number, most: number, field: string): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw fail(
      "invalid_input",
      `${field} is ${value}, which is out of range.`,
      `Use a number from ${least} to ${most}.`,
      field,
    );
}

function time(text: string, field: string): void {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text))
    throw fail("invalid_input", `"${text}" is not a time of day.`, "Write it like 02:00.", field);
}

const PATCH = ["log_level", "mappings_from_cloud", "cloud_attributes", "import", "sign_in", "updates"];

/** Settings, and the draft of the wizard; a browser keeps the draft over a reload. */
export function rulesPart(state: State) {
  return {
    settings: async () => Promise.resolve(structuredClone(state.settings)),
    changeSettings: async (patch) => {
      const unknown = Object.keys(patch).find((key) => !PATCH.includes(key));
      if (unknown)
        throw fail("invalid_input", `Unknown field ${unknown}.`, "Correct the value and try again.", unknown);
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
      if (patch.updates) {
        time(patch.updates.from, "from");
        time(patch.updates.to, "to");
        if (patch.updates.url && !patch.updates.url.startsWith("https://"))
          throw fail(
            "invalid_input",
            "That is no address.",
            "Write it like https://updates.example.com/connector.json.",
            "url",
          );
      }
      Object.assign(state.settings, patch);
      state.note("settings", "settings changed", {});
      return Promise.resolve(structuredClone(state.settings));
    },
    update: async () => Promise.resolve(state.updateView()),
    checkUpdate: async () => {
      state.checked = NOW;
      state.tell();
      return Promise.resolve(state.updateView());
    },
    installUpdate: async () => {
      if (!state.update) throw fail("update_none", "No update is offered.", "Look again later.");
      state.update = { ...state.update, state: "approved" };
      state.note("update", state.update.version, { state: "approved", by: "administrator" });
      state.tell();
      return Promise.resolve(state.updateView());
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
  } satisfies Partial<Host>;
}

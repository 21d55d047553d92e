import { Channel, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Status } from "../generated";
import { throughCalls } from "../generated/use-cases";
import type { Asked, Host, WizardDraft } from "./contract";

/** Calls a command of the program; a failure is thrown as it came. */
const call = <T>(name: string, values: Record<string, unknown> = {}): Promise<T> => invoke<T>(name, values);

/** Follows an event of the program until told to stop, also when that is before the program has answered. */
function follow<T>(event: string, listener: (payload: T) => void, begun?: () => void): () => void {
  const listening = listen<T>(event, ({ payload }) => {
    listener(payload);
  });
  if (begun) void listening.then(begun);
  return () => {
    void listening.then((stop) => {
      stop();
    });
  };
}

let tickets = 0;

/** Calls a command that is called off by a signal. */
async function callUntil<T>(signal: AbortSignal, name: string, values: Record<string, unknown>): Promise<T> {
  tickets += 1;
  const ticket = String(tickets);
  const cancel = () => void call("cancel", { ticket });
  signal.addEventListener("abort", cancel, { once: true });
  try {
    const running = call<T>(name, { ...values, ticket });
    if (signal.aborted) cancel();
    return await running;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

/** The program behind this window. */
export function makeTauriHost(): Host {
  const asked = throughCalls(call);
  return {
    ...asked,
    onStatus: (listener, ask) => {
      const told = (status: Status | null) => {
        if (status) listener(status);
        else ask?.();
      };
      return follow("status", told, ask);
    },
    draft: async () => (await asked.draft()) as WizardDraft | null,
    countPeople: (mapping, signal) =>
      throughCalls((name, values) => callUntil(signal, name, values ?? {})).countPeople(mapping),
    import: async (name, approve = []) => {
      await asked.import(name, approve, false);
    },
    preview: (mapping, onProgress, signal) =>
      callUntil(signal, "open_preview", { mapping, progress: new Channel<number>(onProgress) }),
    previewRows: (id, query) => call("preview_rows", { id, query }),
    exportPreview: (id) => call("export_preview", { id }),
    closePreview: (id) => call("close_preview", { id }),
    exportMappings: () => call("export_mappings"),
    exportImportPeople: (run, query) => call("export_import_people", { run, query }),
    exportAwaitingPeople: (mapping, kind, query) => call("export_awaiting_people", { mapping, kind, query }),
    exportJournal: (query) => call("export_journal", { query: { ...query, limit: 0 } }),
    exportSettings: () => call("export_settings"),
    diagnose: () => call("save_support_bundle"),
    migrate: (file, blankPassword) => call("migrate", { file, blankPassword }),
    starts: () => call("starts"),
    startWith: (start) => call("start_with", { start }),
    quit: () => call("quit"),
    onAsked: (listener) => follow<Asked>("asked", listener),
  };
}

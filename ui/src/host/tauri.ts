import { Channel, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Status } from "../generated";
import type { Asked, Host } from "./contract";

/** Calls a command of the program; a failure is thrown as it came. */
const call = <T>(name: string, values: Record<string, unknown> = {}): Promise<T> => invoke<T>(name, values);

/** Follows an event of the program until told to stop, also when that is before the program has answered. */
function follow<T>(event: string, listener: (payload: T) => void): () => void {
  const listening = listen<T>(event, ({ payload }) => {
    listener(payload);
  });
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
  return {
    status: () => call("status"),
    onStatus: (listener) => follow<Status>("status", listener),
    about: () => call("about"),
    checks: () => call("checks"),
    found: () => call("found"),
    migrate: (file, blankPassword) => call("migrate", { file, blankPassword }),
    cloud: () => call("cloud"),
    registerCloud: (request) => call("register_cloud", { request }),
    registerScim: (request) => call("register_scim", { request }),
    unregister: (forget) => call("unregister", { forget }),
    changeProxy: (proxy) => call("change_proxy", { proxy }),
    checkCloud: (address) => call("check_cloud", { address }),
    accounts: () => call("accounts"),
    addAccount: (account) => call("add_account", { account }),
    testAccount: (name) => call("test_account", { name }),
    setAccountPassword: (name, password) => call("set_account_password", { name, password }),
    removeAccount: (name) => call("remove_account", { name }),
    changeAccount: (name, patch) => call("change_account", { name, patch }),
    accountCertificates: (name) => call("account_certificates", { name }),
    findServers: (domain) => call("find_servers", { domain }),
    probeServer: (request) => call("probe_server", { request }),
    browseBases: (account) => call("browse_bases", { account }),
    browseUnits: (account, query) => call("browse_units", { account, query }),
    browseGroups: (account, query) => call("browse_groups", { account, query }),
    mappings: () => call("mappings"),
    putMapping: (mapping) => call("put_mapping", { mapping }),
    removeMapping: (name) => call("remove_mapping", { name }),
    moveMapping: (name, position) => call("move_mapping", { name, position }),
    exportMappings: () => call("export_mappings"),
    compileFilter: (request) => call("compile_filter", { request }),
    countPeople: (mapping, signal) => callUntil(signal, "count_people", { mapping }),
    preview: (mapping, onProgress, signal) =>
      callUntil(signal, "preview", { mapping, progress: new Channel<number>(onProgress) }),
    previewRows: (id, query) => call("preview_rows", { id, query }),
    exportPreview: (id) => call("export_preview", { id }),
    closePreview: (id) => call("close_preview", { id }),
    sync: (name, approve) => call("sync", { name, approve }),
    cancelSync: (name) => call("cancel_sync", { name }),
    journal: (query) => call("journal", { query }),
    exportJournal: (query) => call("export_journal", { query: { ...query, limit: 0 } }),
    settings: () => call("settings"),
    exportSettings: () => call("export_settings"),
    importSettings: (text, replace) => call("import_settings", { text, replace }),
    changeSettings: (patch) => call("change_settings", { patch }),
    update: () => call("update"),
    checkUpdate: () => call("check_update"),
    installUpdate: () => call("install_update"),
    draft: () => call("draft"),
    saveDraft: (draft) => call("save_draft", { draft }),
    clearDraft: () => call("clear_draft"),
    starts: () => call("starts"),
    startWith: (start) => call("start_with", { start }),
    pause: () => call("pause"),
    resume: () => call("resume"),
    diagnose: () => call("diagnose"),
    quit: () => call("quit"),
    onAsked: (listener) => follow<Asked>("asked", listener),
  };
}

import type { Host } from "../contract";
import { hand } from "./hand";
import { ACCOUNT } from "./company/sample";
import { fail, type State } from "./state";

const text = (name: string, value: string) => `${name} = ${JSON.stringify(value)}`;

/** Settings for another computer, of which this host understands the accounts alone. */
export function movePart(state: State) {
  return {
    exportSettings: async () => {
      const accounts = state.accounts.map((a) => `\n[[accounts]]\n${text("name", a.name)}`);
      const lines = [text("export.program", "0.1.0"), text("export.host", "SRV-CONNECT-1"), "version = 1"];
      state.note("settings", "settings exported", {});
      return Promise.resolve({
        path: hand("insync-connector-settings.toml", [...lines, ...accounts].join("\n")),
      });
    },
    importSettings: async (file, replace) => {
      const host = /^export\.host = "([^"]+)"$/m.exec(file)?.[1];
      if (!host)
        throw fail(
          "invalid_settings",
          "The file was not written by a settings export of this connector.",
          "Export the settings once more.",
          "file",
        );
      if (state.cloud)
        throw fail(
          "already_registered",
          "This computer is already registered with a cloud as a connector of its own.",
          "Unregister it first. When you register it again, it takes the other connector's place.",
        );
      if (!replace && state.accounts.length + state.mappings.length > 0)
        throw fail(
          "settings_present",
          "There are accounts and mappings here already.",
          "Replace them all, or remove them first.",
          "replace",
        );
      const names = [...file.matchAll(/^\[\[accounts\]\]\s*name = "([^"]+)"$/gm)].map((m) => m[1] ?? "");
      state.accounts = names.map((name) => ({ ...structuredClone(ACCOUNT), name }));
      state.mappings = [];
      state.missingPasswords = names;
      const former = { connector_id: "c-4711", host };
      const hours = /^interval_hours = (\d+)$/m.exec(file)?.[1];
      if (hours) state.settings.import.interval_hours = Number(hours);
      state.settings.next = { kind: "connector", url: "https://insync.example.com", replaces: former };
      state.note("settings", "settings imported", {});
      state.tell();
      return Promise.resolve({
        host,
        accounts: names,
        mappings: [],
        passwords: names,
        proxy_password: false,
        next: state.settings.next,
      });
    },
  } satisfies Partial<Host>;
}

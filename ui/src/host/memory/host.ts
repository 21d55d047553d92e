import type {
  AccountAdded,
  AccountView,
  BrowseQuery,
  Change,
  Check,
  CloudView,
  Condition,
  Failure,
  ImportRecord,
  Mapping,
  NewAccount,
  Status,
} from "../../generated";
import type {
  About,
  AccountPatch,
  CloudAddress,
  Found,
  Host,
  JournalQuery,
  PreviewHandle,
  ProbeRequest,
  ProxyChoice,
  RegisterCloud,
  RegisterScim,
  RowQuery,
  SettingsPatch,
  SettingsView,
  Start,
  WizardDraft,
} from "../contract";
import { BASE, groups, units } from "./directory";
import { checkFilter, filterOf } from "./filter";
import { noCounts, PEOPLE } from "./people";
import { Previews } from "./previews";
import { hand } from "./hand";
import { ACCOUNT, CHAIN, JOURNAL, MAPPINGS, NOW, pass, probe } from "./sample";

const fail = (code: string, message: string, action: string, field?: string): Failure => ({
  code,
  message,
  action,
  ...(field ? { field } : {}),
});
const DRAFT = "insync.wizard";

/** A host with a sample directory and no outside world. */
export class MemoryHost implements Host {
  private listeners = new Set<(status: Status) => void>();
  private previews = new Previews();
  private view: CloudView | null;
  private accountList: AccountView[];
  private mappingList: Mapping[];
  private record: ImportRecord | null;
  private importing: { mapping: string; acknowledged: number } | null = null;
  private timer: ReturnType<typeof setInterval> | null = null;
  private paused = false;
  private values: SettingsView = {
    log_level: "info",
    proxy: null,
    mappings_from_cloud: true,
    import: { interval_hours: 24, removal_limit_percent: 10, removal_limit_people: 20, batch_size: 500 },
    sign_in: { wrong_attempts: 4, window_minutes: 15, deadline_seconds: 10 },
  };
  private kept: string | null = null;
  private pace: number;

  constructor(options: { fresh: boolean; pace?: number }) {
    this.pace = options.pace ?? 15;
    this.view = options.fresh
      ? null
      : {
          kind: "connector",
          url: "https://cloud.example.com",
          connector_id: "c-4711",
          tenant: "Example Corp",
        };
    this.accountList = options.fresh ? [] : [ACCOUNT];
    this.mappingList = options.fresh ? [] : structuredClone(MAPPINGS);
    this.record = options.fresh
      ? null
      : {
          mapping: "Berlin",
          started_ms: NOW - 3_700_000,
          finished_ms: NOW - 3_600_000,
          complete: true,
          read: 16_667,
          counts: { ...noCounts(), create: 6_600, preserve: 2_100 },
          acknowledged: 14_200,
          refused: 0,
          awaiting_approval: "3f9a51c07be2d8846a10",
        };
  }

  private now(): Status {
    const connected = this.view !== null;
    const sentence = !connected
      ? "Not registered with a cloud yet."
      : this.paused
        ? "Paused. Imports wait; sign-ins are not answered."
        : this.importing
          ? `Connected. ${this.importing.acknowledged.toLocaleString("en")} of ${PEOPLE.toLocaleString("en")} people imported.`
          : "Connected. 41,200 people are imported; one list waits for your approval.";
    return {
      sentence,
      running: connected,
      paused: this.paused,
      cloud: connected ? { state: "connected", since_ms: NOW - 86_400_000 } : { state: "not_registered" },
      alerts: [],
      importing: this.importing
        ? [
            {
              mapping: this.importing.mapping,
              read: PEOPLE,
              to_send: PEOPLE,
              acknowledged: this.importing.acknowledged,
            },
          ]
        : [],
      last_imports: this.record ? [this.record] : [],
      never_imported: [],
      next_import_ms: connected ? NOW + 72_000_000 : null,
      accounts: this.accountList.length,
      mappings: this.mappingList.length,
      people: connected ? 41_200 : 0,
      sign_ins_last_minute: connected ? 42 : 0,
      sign_in_p95_ms: connected ? 38.5 : null,
    };
  }

  private tell(): void {
    const status = this.now();
    this.listeners.forEach((listener) => {
      listener(status);
    });
  }

  status = async () => Promise.resolve(this.now());
  onStatus = (listener: (status: Status) => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };
  checks = async (): Promise<Check[]> =>
    Promise.resolve([
      pass("cloud", this.view?.url ?? "-", "Connected."),
      ...this.accountList.map((a) => pass("directory", a.servers[0] ?? "", "Reads, and cannot write.")),
    ]);
  found = async (): Promise<Found> =>
    Promise.resolve(
      this.view
        ? { kind: "earlier", kept: ["registration", "accounts", "mappings"] }
        : { kind: "fresh", kept: [] },
    );
  cloud = async () => Promise.resolve(this.view);

  async registerCloud(request: RegisterCloud): Promise<CloudView> {
    if (!request.key.trim())
      throw fail(
        "invalid_input",
        "The registration key is empty.",
        "Copy it from the cloud's console.",
        "key",
      );
    if (request.key.trim() === "used")
      throw fail(
        "registration_key_used",
        "The registration key was used before.",
        "Create a new key in the cloud's console; each key works once.",
        "key",
      );
    this.view = { kind: "connector", url: request.url, connector_id: "c-4711", tenant: "Example Corp" };
    this.tell();
    return Promise.resolve(this.view);
  }

  async registerScim(request: RegisterScim): Promise<CloudView> {
    if (!request.token.trim())
      throw fail("invalid_input", "The token is empty.", "Copy it from the cloud's console.", "token");
    this.view = { kind: "scim", url: request.url, connector_id: "", tenant: null };
    this.tell();
    return Promise.resolve(this.view);
  }

  async unregister(): Promise<void> {
    this.view = null;
    this.tell();
    return Promise.resolve();
  }

  async checkCloud(address: CloudAddress): Promise<Check[]> {
    if (!/^https:\/\/[^/\s]+/.test(address.url))
      throw fail(
        "invalid_input",
        "The address is not valid.",
        "Write it like https://cloud.example.com.",
        "url",
      );
    const target = new URL(address.url).host;
    return Promise.resolve([
      pass("resolve", target, "203.0.113.10"),
      pass("connect", target, "Port 443 answers."),
      pass("tls", target, "TLS 1.3 was agreed on."),
    ]);
  }

  accounts = async () => Promise.resolve([...this.accountList]);

  async addAccount(request: NewAccount): Promise<AccountAdded> {
    if (!request.account.bind_name)
      throw fail(
        "invalid_input",
        "The bind name is empty.",
        "Type a DN, user@domain or DOMAIN\\user.",
        "bind_name",
      );
    if (!request.password)
      throw fail("empty_password", "The password is empty.", "Type the password.", "password");
    if (request.password === "wrong")
      throw fail(
        "wrong_credentials",
        "The directory refuses this name and password.",
        "Check the bind name (a DN, user@domain or DOMAIN\\user) and the password.",
        "password",
      );
    const account: AccountView = {
      ...ACCOUNT,
      name: request.account.name,
      servers: request.account.servers,
      security: request.account.security,
      bind_name: request.account.bind_name,
    };
    this.accountList = [...this.accountList.filter((a) => a.name !== account.name), account];
    this.tell();
    return Promise.resolve({ account, checks: await this.testAccount(account.name) });
  }

  async testAccount(name: string): Promise<Check[]> {
    const target = this.accountList.find((a) => a.name === name)?.servers[0];
    if (!target) throw fail("invalid_input", `There is no account "${name}".`, "Choose one of the list.");
    return Promise.resolve([
      pass("bind", target, "The directory accepts name and password."),
      pass("read", target, "Can read, cannot write."),
      pass("keychain", name, "The password was read back from the keychain."),
    ]);
  }

  async setAccountPassword(_name: string, password: string): Promise<void> {
    if (!password) throw fail("empty_password", "The password is empty.", "Type the password.", "password");
    return Promise.resolve();
  }

  async removeAccount(name: string): Promise<void> {
    if (this.mappingList.some((m) => m.account === name))
      throw fail(
        "invalid_input",
        "Mappings use this account.",
        "Remove its mappings first; the people in the cloud stay as they are.",
      );
    this.accountList = this.accountList.filter((a) => a.name !== name);
    return Promise.resolve();
  }

  async findServers(domain: string): Promise<string[]> {
    if (!domain.includes("."))
      throw fail(
        "resolve_failed",
        "No domain controllers are announced for this domain.",
        "Check the spelling of the domain, or type the servers.",
        "domain",
      );
    return Promise.resolve([`dc1.${domain}`, `dc2.${domain}`]);
  }

  async probeServer(request: ProbeRequest) {
    if (request.servers.length === 0)
      throw fail("invalid_input", "No server is named.", "Type at least one server.", "servers");
    return Promise.resolve(probe(request));
  }

  browseBases = async () =>
    Promise.resolve([{ name: BASE, dn: BASE, identity: null, has_children: true, members: null }]);
  browseUnits = async (_account: string, query: BrowseQuery) => Promise.resolve(units(query));
  browseGroups = async (_account: string, query: BrowseQuery) => Promise.resolve(groups(query));
  mappings = async () => Promise.resolve(structuredClone(this.mappingList));

  async putMapping(mapping: Mapping): Promise<Mapping> {
    if (!mapping.name.trim())
      throw fail("invalid_mapping", "The mapping has no name.", "Give it a name.", "name");
    const at = this.mappingList.findIndex((m) => m.name === mapping.name);
    if (at < 0) this.mappingList.push({ ...mapping, priority: this.mappingList.length + 1 });
    else this.mappingList[at] = mapping;
    this.tell();
    return Promise.resolve(mapping);
  }

  async removeMapping(name: string): Promise<void> {
    this.mappingList = this.mappingList.filter((m) => m.name !== name);
    this.tell();
    return Promise.resolve();
  }

  async moveMapping(name: string, position: number): Promise<Mapping[]> {
    const moved = this.mappingList.find((m) => m.name === name);
    const rest = this.mappingList.filter((m) => m.name !== name);
    if (moved) rest.splice(Math.max(0, position - 1), 0, moved);
    this.mappingList = rest.map((m, i) => ({ ...m, priority: i + 1 }));
    return this.mappings();
  }

  exportMappings = async () =>
    Promise.resolve({
      path: hand(
        "mappings.toml",
        this.mappingList
          .map(
            (m) =>
              `[[mappings]]\nname = ${JSON.stringify(m.name)}\naccount = ${JSON.stringify(m.account)}\nbase_dn = ${JSON.stringify(m.base_dn)}\n`,
          )
          .join("\n"),
      ),
    });
  compileFilter = async (request: { conditions?: Condition; filter?: string }) =>
    Promise.resolve({
      filter:
        request.filter !== undefined
          ? checkFilter(request.filter)
          : request.conditions
            ? filterOf(request.conditions)
            : "",
    });

  async countPeople(mapping: Mapping): Promise<{ count: number; complete: boolean }> {
    const scopes = (mapping.units?.length ?? 0) * 16_667 + (mapping.groups?.length ?? 0) * 1_200;
    const whole = scopes === 0 ? PEOPLE : Math.min(scopes, PEOPLE);
    return Promise.resolve({
      count: mapping.filter || mapping.conditions ? Math.round(whole / 6) : whole,
      complete: true,
    });
  }

  preview = async (
    mapping: Mapping,
    onProgress: (seen: number) => void,
    signal: AbortSignal,
  ): Promise<PreviewHandle> => this.previews.run(mapping, this.pace, onProgress, signal);
  previewRows = async (id: string, query: RowQuery & { change?: Change }) =>
    Promise.resolve().then(() => this.previews.rows(id, query));
  exportPreview = async (id: string) =>
    Promise.resolve().then(() => ({ path: hand("preview.csv", this.previews.csv(id)) }));
  closePreview = async (id: string) => {
    this.previews.close(id);
    return Promise.resolve();
  };

  async sync(name: string | null, approve?: string): Promise<void> {
    if (this.importing)
      throw fail("sync_running", "An import of this mapping is running already.", "Wait for it to end.");
    if (approve && this.record) {
      const { awaiting_approval: _done, ...rest } = this.record;
      this.record = rest;
    }
    this.importing = { mapping: name ?? this.mappingList[0]?.name ?? "", acknowledged: 0 };
    this.timer = setInterval(() => {
      if (!this.importing) return;
      this.importing.acknowledged += 2_500;
      if (this.importing.acknowledged >= PEOPLE) this.stop();
      this.tell();
    }, 400);
    this.tell();
    return Promise.resolve();
  }

  private stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    this.importing = null;
  }
  cancelSync = async () => {
    this.stop();
    this.tell();
    return Promise.resolve();
  };

  async journal(query: JournalQuery) {
    const search = query.search?.toLowerCase() ?? "";
    return Promise.resolve(
      JOURNAL.filter(
        (e) =>
          (!query.kind || e.kind === query.kind) &&
          (!query.before || e.id < query.before) &&
          `${e.subject} ${JSON.stringify(e.detail)}`.toLowerCase().includes(search),
      ).slice(0, query.limit),
    );
  }

  settings = async () => Promise.resolve(structuredClone(this.values));

  async changeSettings(patch: SettingsPatch): Promise<SettingsView> {
    const hours = patch.import?.interval_hours;
    if (hours !== undefined && (hours < 1 || hours > 168))
      throw fail(
        "invalid_input",
        "The interval is out of range.",
        "Choose 1 to 168 hours.",
        "interval_hours",
      );
    this.values = { ...this.values, ...patch };
    return this.settings();
  }

  draft = async () => {
    const text = this.store()?.getItem(DRAFT) ?? this.kept;
    return Promise.resolve(text ? (JSON.parse(text) as WizardDraft) : null);
  };
  saveDraft = async (draft: WizardDraft) => {
    this.kept = JSON.stringify(draft);
    this.store()?.setItem(DRAFT, this.kept);
    return Promise.resolve();
  };
  clearDraft = async () => {
    this.kept = null;
    this.store()?.removeItem(DRAFT);
    return Promise.resolve();
  };
  private store(): Storage | null {
    return typeof localStorage === "undefined" ? null : localStorage;
  }
  private start: Start = "by_hand";
  starts = async () => Promise.resolve(this.start);
  startWith = async (start: Start) => {
    this.start = start;
    return Promise.resolve();
  };
  pause = async () => {
    this.paused = true;
    this.tell();
    return Promise.resolve();
  };
  resume = async () => {
    this.paused = false;
    this.tell();
    return Promise.resolve();
  };
  diagnose = async () =>
    Promise.resolve({ path: hand("insync-connector-support.txt", JSON.stringify(this.now(), null, 2)) });
  quit = async () => Promise.resolve();
  onAsked = () => () => undefined;
  migrate = async () => Promise.resolve({ proxy: null, password_kept: false, left_out: [] });
  about = async (): Promise<About> =>
    Promise.resolve({ version: "0.1.0", home: "memory", secrets: "Nothing is kept", engine: "window" });
  accountCertificates = async (name: string) => {
    this.account(name);
    return Promise.resolve({ trusted: true, certificates: CHAIN });
  };

  async changeAccount(name: string, patch: AccountPatch): Promise<AccountView> {
    const account = this.account(name);
    const { ca_pem: _pem, servers, domain, security, attributes } = patch;
    Object.assign(account, {
      ...(servers ? { servers } : {}),
      ...(domain === undefined ? {} : { domain }),
      ...(security ? { security } : {}),
      ...(attributes ? { attributes } : {}),
    });
    return Promise.resolve(structuredClone(account));
  }

  async changeProxy(proxy: ProxyChoice | null): Promise<CloudView | null> {
    if (!this.view)
      throw fail("not_registered", "The connector is not registered with a cloud.", "Register it first.");
    if (proxy && !proxy.host.trim())
      throw fail("invalid_input", "The proxy has no host.", "Type its name or address.", "host");
    this.values.proxy = proxy
      ? {
          kind: proxy.kind,
          host: proxy.host,
          port: proxy.port,
          ...(proxy.user ? { user: proxy.user } : {}),
        }
      : null;
    return Promise.resolve(this.view);
  }

  async exportJournal(query: Omit<JournalQuery, "before" | "limit">) {
    const rows = await this.journal({ ...query, limit: JOURNAL.length });
    return {
      path: hand(
        "activity.csv",
        [
          "time_utc_ms,kind,subject,detail",
          ...rows.map((r) =>
            [r.at_ms, r.kind, r.subject, JSON.stringify(r.detail)]
              .map((v) => `"${String(v).replaceAll('"', '""')}"`)
              .join(","),
          ),
        ].join("\r\n"),
      ),
    };
  }

  private account(name: string): AccountView {
    const found = this.accountList.find((a) => a.name === name);
    if (!found)
      throw fail(
        "not_found",
        `There is no account named "${name}".`,
        "Look at the list of accounts.",
        "account",
      );
    return found;
  }
}

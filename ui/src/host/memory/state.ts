import type {
  AccountView,
  Alert,
  CloudView,
  ImportRecord,
  JournalEntry,
  Mapping,
  Proposal,
  ProxySettings,
  SettingsView,
  Status,
  Update,
  UpdateView,
} from "../../generated";
import type { Start } from "../contract";
import { headlineOf } from "./headline";
import { failure as fail } from "../failure";
import { journalOf } from "./company/journal";
import { hashOf, proposals } from "./company/proposed";
import type { Before } from "./company/plan";
import { belonging, hasNoEmail } from "./company/people";
import { Runs } from "./company/past/runs";
import { livedThrough } from "./company/past/history";
import { ACCOUNT, LIMITS, MAPPINGS, NOW } from "./company/sample";

/** What a host in memory starts from. */
export interface Options {
  /** Nothing was set up yet. */
  fresh?: boolean;
  /** Nothing but the registration. */
  registered?: boolean;
  /** People go to a SCIM service. */
  scim?: boolean;
  /** Only the former connector's file is there. */
  legacy?: boolean;
  /** That file cannot be changed. */
  writeProtected?: boolean;
  /** A service of the machine has the home. */
  service?: boolean;
  /** The environment names a proxy. */
  proxy?: boolean;
  /** The directory cannot be reached. */
  alerts?: boolean;
  /** A hundred thousand sign-ins are kept. */
  busy?: boolean;
  /** The cloud sent mappings. */
  proposals?: boolean;
  /** Exactly 1,313 people wait for an approval. */
  held?: boolean;
  /** A later version is offered. */
  update?: boolean;
  /** Milliseconds between two steps of long work. */
  pace?: number;
}

export { failure as fail } from "../failure";

const CLOUD: CloudView = {
  kind: "connector",
  url: "https://cloud.example.com",
  connector_id: "c-4711",
  tenant: "Example Corp",
};

const SCIM: CloudView = { kind: "scim", url: "https://scim.example.com/v2", connector_id: "", tenant: null };

/** Everything that a host in memory remembers. */
export class State {
  readonly pace: number;
  readonly legacy: boolean;
  readonly writeProtected: boolean;
  readonly service: boolean;
  readonly offered: ProxySettings | null;
  missingPasswords: string[] = [];
  cloud: CloudView | null;
  accounts: AccountView[];
  mappings: Mapping[];
  /** Mappings of the cloud that wait for an approval. */
  proposals: Proposal[] = [];
  records: ImportRecord[];
  readonly runs: Runs;
  /** What the cloud has of each mapping. */
  before: Map<string, Before>;
  /** Who was deactivated, and of which mapping they were. */
  readonly inactive = new Map<number, string>();
  private active: number | null = null;
  journal: JournalEntry[];
  alerts: Alert[] = [];
  importing: { mapping: string; done: number; total: number } | null = null;
  paused = false;
  start: Start = "by_hand";
  draft: string | null = null;
  update: Update | null = null;
  checked: number | null = null;
  settings: SettingsView = {
    log_level: "info",
    proxy: null,
    next: null,
    mappings_from_cloud: false,
    cloud_attributes: [],
    import: {
      interval_hours: 24,
      follow_changes: true,
      ...LIMITS,
      batch_size: 500,
    },
    sign_in: { wrong_attempts: 4, window_minutes: 15, deadline_seconds: 10 },
    updates: { check: true, install: "ask", from: "02:00", to: "04:00" },
  };
  private readonly listeners = new Set<(status: Status) => void>();

  constructor(options: Options) {
    const fresh = options.fresh === true || options.legacy === true;
    this.pace = options.pace ?? 15;
    this.legacy = options.legacy === true;
    this.writeProtected = options.writeProtected === true;
    this.service = options.service === true;
    if (this.service) this.start = "service";
    this.offered = options.proxy
      ? { kind: "http", host: "proxy.corp.example.com", port: 3128, from: "HTTPS_PROXY" }
      : null;
    this.cloud = fresh && options.registered !== true ? null : options.scim ? SCIM : CLOUD;
    this.accounts = fresh ? [] : [structuredClone(ACCOUNT)];
    this.mappings = fresh ? [] : structuredClone(MAPPINGS);
    const lived = fresh ? null : livedThrough(options.held === true);
    Object.assign(this.settings.import, lived?.limits);
    this.before = new Map(lived?.before);
    this.runs = new Runs(lived?.past ?? []);
    this.records = this.runs.newest();
    this.journal = lived ? journalOf(this.records, options.busy ? 100_000 : 2_400) : [];
    if (options.proposals) this.proposals = proposals();
    if (options.update)
      this.update = {
        version: "0.2.0",
        notes: "Reads groups faster.\nMends the export.",
        state: "available",
      };
    if (options.alerts)
      this.alerts = [
        {
          kind: "directory_connection",
          account: "Corporate",
          since_ms: NOW - 2_400_000,
          code: "connect_timeout",
          message: "dc1.corp.example.com:636 cannot be reached.",
          action: "Check that the server runs and that no firewall is in between.",
        },
      ];
  }

  status(): Status {
    const registered = this.cloud !== null;
    const status: Omit<Status, "headline"> = {
      running: true,
      paused: this.paused,
      cloud: registered ? { state: "connected", since_ms: NOW - 86_400_000 } : { state: "not_registered" },
      alerts: this.alerts,
      importing: this.importing
        ? [
            {
              mapping: this.importing.mapping,
              read: this.importing.total,
              to_send: this.importing.total,
              acknowledged: this.importing.done,
            },
          ]
        : [],
      last_imports: this.records,
      awaiting_approval: this.records.flatMap((r) => r.awaiting_approval),
      following:
        registered && this.settings.import.follow_changes
          ? this.records.map((r) => ({ mapping: r.mapping, method: "usn_changed" }))
          : [],
      changed: [],
      proposed: this.proposals.map((p) => p.mapping.name),
      elsewhere: [],
      left_behind: [],
      refused: [],
      never_imported: this.mappings
        .map((m) => m.name)
        .filter((name) => !this.records.some((r) => r.mapping === name)),
      next_import_ms: registered && this.mappings.length > 0 ? NOW + 72_000_000 : null,
      missing_passwords: this.missingPasswords,
      accounts: this.accounts.length,
      mappings: this.mappings.length,
      people: this.activePeople(),
      sign_ins_last_minute: registered && this.mappings.length > 0 ? 42 : 0,
      sign_in_p95_ms: registered && this.mappings.length > 0 ? 38.5 : null,
      update: this.update && this.withWindow(this.update),
    };
    return { ...status, headline: headlineOf(status) };
  }

  /** Whom the cloud has of a mapping since its last import. */
  inCloud(name: string): Iterable<number> {
    const [before, mapping] = [this.before.get(name), this.mappings.find((m) => m.name === name)];
    if (typeof before === "object") return before;
    return before === undefined || !mapping ? [] : belonging(mapping).filter((i) => !hasNoEmail(i));
  }

  /** An import has ended: the cloud has these people of a mapping, and those not any more. */
  delivered(name: string, people: ReadonlySet<number>, deactivated: Iterable<number>): void {
    this.before.set(name, people);
    for (const i of people) this.inactive.delete(i);
    for (const i of deactivated) this.inactive.set(i, name);
    this.active = null;
  }

  /** Nothing is known of the cloud any more. */
  forgetImports(): void {
    this.records = [];
    this.active = null;
  }

  /** Active people whom the cloud has, each of them once. */
  private activePeople(): number {
    this.active ??= new Set(this.records.flatMap((r) => [...this.inCloud(r.mapping)])).size;
    return this.active;
  }

  private withWindow(update: Update): Update {
    const { install, from, to } = this.settings.updates;
    return install === "window" && update.state === "available"
      ? { ...update, window: `${from}-${to}` }
      : update;
  }

  updateView(): UpdateView {
    return { installed: "0.1.0", checked_ms: this.checked, error: null, update: this.status().update };
  }

  tell(): void {
    const status = this.status();
    this.listeners.forEach((listener) => {
      listener(status);
    });
  }

  listen(listener: (status: Status) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  note(kind: string, subject: string, detail: unknown): void {
    const id = (this.journal[0]?.id ?? 0) + 1;
    this.journal = [{ id, at_ms: NOW + id, kind, subject, detail }, ...this.journal];
  }

  account(name: string): AccountView {
    const found = this.accounts.find((a) => a.name === name);
    if (!found)
      throw fail(
        "not_found",
        `There is no account named "${name}".`,
        "Look at the list of accounts.",
        "account",
      );
    return found;
  }

  proposal(name: string): Proposal {
    const found = this.proposals.find((p) => p.mapping.name.toLowerCase() === name.toLowerCase());
    if (!found)
      throw fail(
        "not_found",
        `No mapping "${name}" of the cloud waits.`,
        "Look at the list of proposals.",
        "name",
      );
    return found;
  }

  /** A preview was made of this mapping: where it is one of the cloud's, it may be approved. */
  previewed(mapping: Mapping): void {
    const found = this.proposals.find((p) => p.hash === hashOf(mapping));
    if (found) found.previewed = true;
  }

  dropProposal(which: Proposal): void {
    this.proposals = this.proposals.filter((p) => p !== which);
    this.tell();
  }

  mapping(name: string): Mapping {
    const found = this.mappings.find((m) => m.name === name);
    if (!found)
      throw fail(
        "not_found",
        `There is no mapping named "${name}".`,
        "Look at the list of mappings.",
        "name",
      );
    return found;
  }
}

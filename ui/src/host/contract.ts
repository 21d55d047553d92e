import type {
  About,
  AccountAdded,
  AccountPatch,
  AccountView,
  BrowseQuery,
  Check,
  CloudAddress,
  CloudView,
  CompiledFilter,
  FilterRequest,
  Found,
  Imported,
  JournalEntry,
  JournalQuery,
  Mapping,
  Migrated,
  NewAccount,
  Node,
  PeopleCount,
  PreviewHandle,
  Probe,
  ProxyChoice,
  ProxySettings,
  RegisterCloud,
  RegisterScim,
  RowQuery,
  Rows,
  Saved,
  Security,
  ServerAddress,
  ServerCertificates,
  SettingsPatch,
  SettingsView,
  Status,
  UpdateView,
} from "../generated";

export type {
  About,
  AccountPatch,
  CloudAddress,
  Found,
  Imported,
  JournalQuery,
  Migrated,
  PreviewHandle,
  Probe,
  ProxyChoice,
  RegisterCloud,
  RegisterScim,
  RowQuery,
  Saved,
  SettingsPatch,
  SettingsView,
  UpdateView,
} from "../generated";
export type { ServerAddress as ProbeRequest } from "../generated";

/** At log-on by itself, or by hand. */
export type OwnStart = "log_on" | "by_hand";
/** The same, or with the machine, where the home belongs to a service. */
export type Start = OwnStart | "service";
/** What the tray icon asks of the page: a screen, or whether to quit. */
export type Asked = "overview" | "diagnostics" | "settings" | "quit";

/** What the wizard keeps between two starts. It has no place for a password or a key. */
export interface WizardDraft {
  step: number;
  cloud: {
    place: "public" | "gov" | "other" | "scim";
    url: string;
    ca_pem: string | null;
    proxy: ProxySettings | null;
  };
  directory: {
    domain: string;
    servers: string;
    security: Security;
    ca_pem: string | null;
    plain_accepted: boolean;
  };
  credentials: { name: string; bind_name: string };
  mapping: Mapping | null;
  previewed: boolean;
  finish: { start: OwnStart; import: "now" | "schedule" };
}

/** All the window may ask of its host. Whatever is rejected is a `Failure`. */
export interface Host {
  status(): Promise<Status>;
  onStatus(listener: (status: Status) => void): () => void;
  about(): Promise<About>;
  checks(): Promise<Check[]>;
  found(): Promise<Found>;
  cloud(): Promise<CloudView | null>;
  registerCloud(request: RegisterCloud): Promise<CloudView>;
  registerScim(request: RegisterScim): Promise<CloudView>;
  unregister(forget: boolean): Promise<void>;
  /** Another way out to the registered cloud; null for a direct one. */
  changeProxy(proxy: ProxyChoice | null): Promise<CloudView | null>;
  checkCloud(address: CloudAddress): Promise<Check[]>;
  accounts(): Promise<AccountView[]>;
  addAccount(account: NewAccount): Promise<AccountAdded>;
  testAccount(name: string): Promise<Check[]>;
  setAccountPassword(name: string, password: string): Promise<void>;
  removeAccount(name: string): Promise<void>;
  /** Changes how an account is reached, after the directory answered with the stored password. */
  changeAccount(name: string, patch: AccountPatch): Promise<AccountView>;
  accountCertificates(name: string): Promise<ServerCertificates>;
  findServers(domain: string): Promise<string[]>;
  probeServer(request: ServerAddress): Promise<Probe>;
  browseBases(account: string): Promise<Node[]>;
  browseUnits(account: string, query: BrowseQuery): Promise<Node[]>;
  browseGroups(account: string, query: BrowseQuery): Promise<Node[]>;
  mappings(): Promise<Mapping[]>;
  putMapping(mapping: Mapping): Promise<Mapping>;
  removeMapping(name: string): Promise<void>;
  moveMapping(name: string, position: number): Promise<Mapping[]>;
  exportMappings(): Promise<Saved>;
  compileFilter(request: FilterRequest): Promise<CompiledFilter>;
  countPeople(mapping: Mapping, signal: AbortSignal): Promise<PeopleCount>;
  preview(mapping: Mapping, onProgress: (seen: number) => void, signal: AbortSignal): Promise<PreviewHandle>;
  previewRows(id: string, query: RowQuery): Promise<Rows>;
  exportPreview(id: string): Promise<Saved>;
  closePreview(id: string): Promise<void>;
  sync(name: string | null, approve?: string): Promise<void>;
  cancelSync(name: string | null): Promise<void>;
  journal(query: JournalQuery): Promise<JournalEntry[]>;
  exportJournal(query: Omit<JournalQuery, "before" | "limit">): Promise<Saved>;
  settings(): Promise<SettingsView>;
  changeSettings(patch: SettingsPatch): Promise<SettingsView>;
  /** What is known of later versions of the program. */
  update(): Promise<UpdateView>;
  /** Looks for one now. */
  checkUpdate(): Promise<UpdateView>;
  /** Downloads and checks what is offered, and has it installed. */
  installUpdate(): Promise<UpdateView>;
  draft(): Promise<WizardDraft | null>;
  saveDraft(draft: WizardDraft): Promise<void>;
  clearDraft(): Promise<void>;
  /** How the connector starts. */
  starts(): Promise<Start>;
  startWith(start: OwnStart): Promise<void>;
  /** Takes the proxy of the former connector's file over; its password is taken out of the file only when asked for. */
  migrate(file: string, blankPassword: boolean): Promise<Migrated>;
  /** Everything but secrets as a file for another computer. */
  exportSettings(): Promise<Saved>;
  /** Takes over the text of such a file; what is here already is replaced only when asked for. */
  importSettings(text: string, replace: boolean): Promise<Imported>;
  /** Ends the program: its own engine finishes what is under way, a service goes on. */
  quit(): Promise<void>;
  /** Asked from outside the page, such as by the tray icon: a screen to show, or whether to quit. */
  onAsked(listener: (what: Asked) => void): () => void;
  pause(): Promise<void>;
  resume(): Promise<void>;
  diagnose(): Promise<Saved>;
}

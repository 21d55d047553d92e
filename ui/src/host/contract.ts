import type {
  AccountAdded, AccountView, AttributeNames, BrowseQuery, CertificateInfo, Change, Check, CloudView, Condition, ImportSettings, JournalEntry,
  Mapping, NewAccount, Node, PlannedPerson, Preview, ProxySettings, Security, ServerCertificates, ServerKind, SignInSettings, Status,
} from "../generated";

/** A proxy and, only on its way to the keychain, its password. */
export interface ProxyChoice extends ProxySettings { password?: string }
export interface CloudAddress { url: string; ca_pem?: string; proxy?: ProxyChoice }
export interface RegisterCloud extends CloudAddress { key: string }
export interface RegisterScim extends CloudAddress { token: string }
export interface Found { kind: "fresh" | "earlier" | "legacy"; version?: string; file?: string; kept: string[] }
export interface ProbeRequest { servers: string[]; domain?: string; security: Security; ca_pem?: string }
/** What a server tells before anybody signs in. The chain is readable even if it is not trusted. */
export interface Probe { kind: ServerKind; bases: string[]; trusted: boolean; certificates: CertificateInfo[]; ca_pem?: string; checks: Check[] }
export interface PreviewHandle extends Preview { id: string }
export interface RowQuery { offset: number; limit: number; change?: Change; search?: string }
export interface JournalQuery { kind?: string; search?: string; before?: number; limit: number }
export interface SettingsView { log_level: string; proxy: ProxySettings | null; mappings_from_cloud: boolean; import: ImportSettings; sign_in: SignInSettings }
export type SettingsPatch = Partial<Omit<SettingsView, "proxy">>;

/** What the wizard keeps between two starts. It has no place for a password or a key. */
export interface WizardDraft {
  step: number;
  cloud: { place: "public" | "gov" | "other"; url: string; proxy: ProxySettings | null };
  directory: { domain: string; servers: string; security: Security; ca_pem: string | null; plain_accepted: boolean };
  credentials: { name: string; bind_name: string };
  mapping: Mapping | null;
  previewed: boolean;
  finish: { start: "service" | "log_on"; import: "now" | "schedule" };
}

/** The program behind the window. */
export interface About {
  version: string;
  /** Where settings, people and logs are kept. */
  home: string;
  /** How secrets are kept, in words. */
  secrets: string;
  /** Who runs the engine: this window, or a service that it is attached to. */
  engine: "window" | "service" | "none";
}
/** A file written for the user, in the folder for downloads. */
export interface Saved { path: string }
/** What of an account can be changed; what is left out stays. */
export interface AccountPatch { servers?: string[]; domain?: string | null; security?: Security; ca_pem?: string | null; attributes?: AttributeNames }

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
  changeProxy(proxy: ProxyChoice | null): Promise<CloudView>;
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
  probeServer(request: ProbeRequest): Promise<Probe>;
  browseBases(account: string): Promise<Node[]>;
  browseUnits(account: string, query: BrowseQuery): Promise<Node[]>;
  browseGroups(account: string, query: BrowseQuery): Promise<Node[]>;
  mappings(): Promise<Mapping[]>;
  putMapping(mapping: Mapping): Promise<Mapping>;
  removeMapping(name: string): Promise<void>;
  moveMapping(name: string, position: number): Promise<Mapping[]>;
  exportMappings(): Promise<Saved>;
  compileFilter(request: { conditions?: Condition; filter?: string }): Promise<{ filter: string }>;
  countPeople(mapping: Mapping): Promise<{ count: number; complete: boolean }>;
  preview(mapping: Mapping, onProgress: (seen: number) => void, signal: AbortSignal): Promise<PreviewHandle>;
  previewRows(id: string, query: RowQuery): Promise<{ total: number; rows: PlannedPerson[] }>;
  exportPreview(id: string): Promise<Saved>;
  closePreview(id: string): Promise<void>;
  sync(name: string | null, approve?: string): Promise<void>;
  cancelSync(name: string | null): Promise<void>;
  journal(query: JournalQuery): Promise<JournalEntry[]>;
  exportJournal(query: { kind?: string; search?: string }): Promise<Saved>;
  settings(): Promise<SettingsView>;
  changeSettings(patch: SettingsPatch): Promise<SettingsView>;
  draft(): Promise<WizardDraft | null>;
  saveDraft(draft: WizardDraft): Promise<void>;
  clearDraft(): Promise<void>;
  /** Ends the wizard: how the connector starts from now on. */
  startWith(start: "service" | "log_on"): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  diagnose(): Promise<Saved>;
}

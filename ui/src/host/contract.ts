import type {
  ApprovalKind,
  JournalQuery,
  Mapping,
  Migrated,
  PeopleCount,
  PreviewHandle,
  ProxySettings,
  RowQuery,
  Rows,
  RunPeopleQuery,
  Saved,
  Security,
  Status,
} from "../generated";
import type { UseCases } from "../generated/use-cases";

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

/** The steps of the wizard, in their order. */
export const STEPS = ["cloud", "directory", "mapping", "preview", "finish"] as const;
export type Step = (typeof STEPS)[number];

/** What the wizard keeps between two starts. It has no place for a password or a key. */
export interface WizardDraft {
  /** The step at which it was left. */
  at: Step;
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
  /** Directory and credentials as they were stored last, to tell whether they were changed since; null before. */
  connected: string | null;
  mapping: Mapping | null;
  previewed: boolean;
  finish: { start: OwnStart; import: "now" | "schedule" };
}

/** What the page gives or expects in a form of its own. */
interface OwnForm {
  draft(): Promise<WizardDraft | null>;
  saveDraft(draft: WizardDraft): Promise<void>;
  countPeople(mapping: Mapping, signal: AbortSignal): Promise<PeopleCount>;
  /** Imports one mapping or all; `approve` are the hashes of lists that were looked at. */
  import(name: string | null, approve?: string[]): Promise<void>;
}

/**
 * All the window may ask of its host: the use cases as the program's table has them, and what needs the window. Whatever is
 * rejected is a `Failure`.
 */
export interface Host extends Omit<UseCases, keyof OwnForm>, OwnForm {
  /**
   * Tells every change of the status. What the listener knows may be old when it begins to be told, and when the status
   * cannot be had: then it is to `ask`.
   */
  onStatus(listener: (status: Status) => void, ask?: () => void): () => void;
  /** Runs a preview, which stays open for its rows until it is closed. */
  preview(mapping: Mapping, onProgress: (seen: number) => void, signal: AbortSignal): Promise<PreviewHandle>;
  previewRows(id: string, query: RowQuery): Promise<Rows>;
  exportPreview(id: string): Promise<Saved>;
  closePreview(id: string): Promise<void>;
  exportMappings(): Promise<Saved>;
  /** The people of an import who match, as a table; offset and limit do not matter. */
  exportImportPeople(run: number, query: RunPeopleQuery): Promise<Saved>;
  /** The same of a list that waits. */
  exportAwaitingPeople(mapping: string, kind: ApprovalKind, query: RunPeopleQuery): Promise<Saved>;
  exportJournal(query: Omit<JournalQuery, "before" | "limit">): Promise<Saved>;
  /** Everything but secrets as a file for another computer. */
  exportSettings(): Promise<Saved>;
  /** The support bundle as a file. */
  diagnose(): Promise<Saved>;
  /** Takes the proxy of the former connector's file over; its password is taken out of the file only when asked for. */
  migrate(file: string, blankPassword: boolean): Promise<Migrated>;
  /** How the connector starts. */
  starts(): Promise<Start>;
  startWith(start: OwnStart): Promise<void>;
  /** Ends the program: its own engine finishes what is under way, a service goes on. */
  quit(): Promise<void>;
  /** Asked from outside the page, such as by the tray icon: a screen to show, or whether to quit. */
  onAsked(listener: (what: Asked) => void): () => void;
}

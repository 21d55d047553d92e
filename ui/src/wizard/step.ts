import type { AccountView, Mapping, NextCloud } from "../generated";
import type { Step, WizardDraft } from "../host/contract";
import { t } from "../texts";
import { emptyMapping } from "../mapping/new";

/** What each step is given: the draft, a way to change it, and the ways out of it. */
export interface StepProps {
  draft: WizardDraft;
  put: (part: Partial<WizardDraft>) => void;
  /** The step is done: on to the next. */
  done: () => void;
  /** Not there in the first step. */
  back?: () => void;
  close: () => void;
}

/** Addresses of the public cloud and of GovCloud. */
export const CLOUDS = { public: "https://cloud.example.com", gov: "https://gov.cloud.example.com" };

export const emptyDraft: WizardDraft = {
  at: "cloud",
  cloud: { place: "public", url: CLOUDS.public, ca_pem: null, proxy: null },
  directory: { domain: "", servers: "", security: "ldaps", ca_pem: null, plain_accepted: false },
  credentials: { name: "Corporate", bind_name: "" },
  connected: null,
  mapping: null,
  previewed: false,
  finish: { start: "log_on", import: "schedule" },
};

/** Steps as earlier versions numbered them. */
const FORMER: Step[] = ["cloud", "cloud", "directory", "directory", "mapping", "preview", "finish"];

/** A kept draft, also one that an earlier version of the program kept. */
export function takenUp(kept: Partial<WizardDraft> & { step?: number }): WizardDraft {
  const { step, ...rest } = kept;
  return { ...emptyDraft, ...rest, at: rest.at ?? FORMER[step ?? 0] ?? "cloud" };
}

/** Where a setup that was cut off goes on: with what is not done yet. */
export function goingOn(draft: WizardDraft, registered: boolean): WizardDraft {
  return draft.at === "cloud" && registered ? { ...draft, at: "directory" } : draft;
}

/** What to begin with, where something was taken over or set up already. */
export function startingFrom(next: NextCloud | null, account: AccountView | undefined): WizardDraft {
  const draft = account ? withAccount(emptyDraft, account) : emptyDraft;
  if (!next) return draft;
  const url = next.url ?? emptyDraft.cloud.url;
  const place =
    next.kind === "scim" ? "scim" : url === CLOUDS.public ? "public" : url === CLOUDS.gov ? "gov" : "other";
  const cloud = { place, url, ca_pem: next.ca_pem ?? null, proxy: next.proxy ?? null } as const;
  return { ...draft, cloud };
}

function withAccount(draft: WizardDraft, account: AccountView): WizardDraft {
  const { name, servers, domain, security, bind_name } = account;
  const plain_accepted = security === "plain";
  const directory = {
    domain: domain ?? "",
    servers: servers.join("\n"),
    security,
    ca_pem: null,
    plain_accepted,
  };
  const filled = { ...draft, directory, credentials: { name, bind_name } };
  return { ...filled, connected: connection(filled) };
}

export const serversOf = (draft: WizardDraft): string[] =>
  draft.directory.servers.split(/[\s,;]+/).filter(Boolean);

/** What an account is made of, as one text: the same text means the same connection. */
export function connection(draft: WizardDraft): string {
  const { domain, security, ca_pem } = draft.directory;
  return JSON.stringify([serversOf(draft), domain, security, ca_pem, draft.credentials]);
}

/** Whether another mapping has the name already; the one that this setup stored before it was cut off is no other. */
export function isTaken(mapping: Mapping, others: Mapping[]): boolean {
  const name = mapping.name.trim().toLowerCase();
  const same = others.find((one) => one.name.toLowerCase() === name);
  return same !== undefined && !(same.account === mapping.account && same.base_dn === mapping.base_dn);
}

/** Whom the first mapping takes, until somebody says otherwise: everybody. */
export function mappingOf(draft: WizardDraft) {
  const account = draft.credentials.name;
  const mapping = draft.mapping ?? { ...emptyMapping(account), name: t("wiz-everyone") };
  return mapping.account === account ? mapping : { ...mapping, account, base_dn: "", units: [], groups: [] };
}

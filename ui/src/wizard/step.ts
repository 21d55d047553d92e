import type { NextCloud } from "../generated";
import type { WizardDraft } from "../host/contract";

export const STEPS = [
  "welcome",
  "cloud",
  "directory",
  "credentials",
  "mapping",
  "preview",
  "finish",
] as const;

/** What each step is given: the draft, a way to change it, and a way to say that it is done. */
export interface StepProps {
  draft: WizardDraft;
  put: (part: Partial<WizardDraft>) => void;
  done: () => void;
}

/** Addresses of the public cloud and of GovCloud. */
export const CLOUDS = { public: "https://cloud.example.com", gov: "https://gov.cloud.example.com" };

export const emptyDraft: WizardDraft = {
  step: 0,
  cloud: { place: "public", url: CLOUDS.public, ca_pem: null, proxy: null },
  directory: { domain: "", servers: "", security: "ldaps", ca_pem: null, plain_accepted: false },
  credentials: { name: "Corporate", bind_name: "" },
  mapping: null,
  previewed: false,
  finish: { start: "log_on", import: "schedule" },
};

/** The cloud to begin with, where something was taken over for it. */
export function startingFrom(next: NextCloud | null): WizardDraft {
  if (!next) return emptyDraft;
  const url = next.url ?? emptyDraft.cloud.url;
  const place =
    next.kind === "scim" ? "scim" : url === CLOUDS.public ? "public" : url === CLOUDS.gov ? "gov" : "other";
  const cloud = { place, url, ca_pem: next.ca_pem ?? null, proxy: next.proxy ?? null } as const;
  return { ...emptyDraft, cloud };
}

export const serversOf = (draft: WizardDraft): string[] =>
  draft.directory.servers.split(/[\s,;]+/).filter(Boolean);

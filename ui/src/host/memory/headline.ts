import type { Headline, Status } from "../../generated";

/** The program decides what matters most; this stands in for it, in short. */
export function headlineOf(status: Omit<Status, "headline">): Headline {
  if (status.paused) return { kind: "paused" };
  if (status.cloud.state === "not_registered") return { kind: "not_registered" };
  const [account] = status.missing_passwords;
  if (account) return { kind: "password_missing", values: { account } };
  const [alert] = status.alerts;
  if (alert) return { kind: "directory_unreachable", values: { account: alert.account ?? "" } };
  const [running] = status.importing;
  if (running) {
    const { mapping, acknowledged, to_send } = running;
    return { kind: "sending", values: { mapping, acknowledged, total: to_send ?? 0 } };
  }
  const [list] = status.awaiting_approval;
  if (list) {
    const { mapping, kind: approval, people } = list;
    return { kind: "awaiting_approval", values: { mapping, approval, people } };
  }
  const paused = status.last_imports.find((r) => r.resumes_ms !== undefined);
  if (paused?.resumes_ms !== undefined) {
    return { kind: "asked_to_wait", values: { mapping: paused.mapping, until_ms: paused.resumes_ms } };
  }
  const [mapping] = status.never_imported;
  if (mapping) return { kind: "never_imported", values: { mapping } };
  const [proposed] = status.proposed;
  if (proposed) return { kind: "mapping_proposed", values: { mapping: proposed } };
  if (status.mappings === 0) return { kind: "no_mapping" };
  return { kind: "imported", values: { people: status.people } };
}

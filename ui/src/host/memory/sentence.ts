import type { Status } from "../../generated";

/** The program composes the sentence itself; this stands in for it, in short. */
export function sentenceOf(status: Status): string {
  const count = (n: number) => n.toLocaleString("en");
  if (status.paused) return "Paused by the administrator: imports wait, sign-ins go on.";
  if (status.cloud.state === "not_registered") return "Not registered with a cloud yet.";
  const [missing] = status.missing_passwords;
  if (missing)
    return `The password of account "${missing}" is missing here: enter it; until then nobody of it is imported or signed in.`;
  const [alert] = status.alerts;
  if (alert) return `Directory "${alert.account}" cannot be reached: imports wait, nobody is made inactive.`;
  const [running] = status.importing;
  if (running)
    return `Connected. Importing "${running.mapping}": ${count(running.acknowledged)} of ${count(running.to_send ?? 0)} people acknowledged.`;
  const held = status.last_imports.find((r) => r.awaiting_approval);
  if (held) return `Connected. The import of "${held.mapping}" waits for your approval of removals.`;
  const [never] = status.never_imported;
  if (never) return `Connected. Mapping "${never}" waits for its first import, which you start.`;
  if (status.mappings === 0) return "Connected. No mapping yet, so nobody is imported.";
  return `Connected. ${count(status.people)} people imported.`;
}

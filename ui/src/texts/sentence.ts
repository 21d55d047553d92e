import type { Status } from "../generated";
import { failureIn } from "./failures";
import { count, language } from "./index";

/** The sentence in the language of the window; the same order of importance as the program's own, which is English. */
export function sentence(status: Status): string {
  return language === "de" ? german(status) : status.sentence;
}

export function german(status: Status): string {
  if (!status.running) return "Der Connector läuft nicht.";
  if (status.paused) return "Vom Administrator angehalten: Importe warten, Anmeldungen gehen weiter.";
  switch (status.cloud.state) {
    case "not_registered":
      return "Noch bei keiner Cloud registriert.";
    case "revoked":
      return "Die Cloud nimmt diesen Connector nicht mehr an; registrieren Sie ihn neu.";
    case "waiting":
      return `Nicht mit der Cloud verbunden: ${failureIn("de", status.cloud.error).message} Es wird von selbst wieder versucht.`;
    case "connecting":
      return "Verbindet sich mit der Cloud.";
    default:
      return connected(status);
  }
}

function connected(status: Status): string {
  const [missing] = status.missing_passwords;
  if (missing)
    return `Das Kennwort des Kontos „${missing}“ fehlt hier: geben Sie es ein; bis dahin wird niemand daraus importiert oder angemeldet.`;
  const [alert] = status.alerts;
  if (alert) {
    const what =
      alert.kind === "directory_connection"
        ? "ist nicht erreichbar"
        : "weist das Konto des Connectors zurück";
    return `Das Verzeichnis „${alert.account ?? ""}“ ${what}: Importe warten, niemand wird deaktiviert.`;
  }
  const [running] = status.importing;
  if (running) {
    const done =
      running.to_send === null
        ? `${count(running.read)} Personen gelesen`
        : `${count(running.acknowledged)} von ${count(running.to_send)} Personen bestätigt`;
    return `Verbunden. „${running.mapping}“ wird importiert: ${done}.`;
  }
  const held = status.last_imports.find((r) => r.awaiting_approval);
  if (held) return `Verbunden. Der Import von „${held.mapping}“ wartet auf Ihre Freigabe von Entfernungen.`;
  const cut = status.last_imports.find((r) => r.error);
  if (cut?.error)
    return `Verbunden. Der letzte Import von „${cut.mapping}“ ist nicht vollständig: ${failureIn("de", cut.error).message}`;
  const [never] = status.never_imported;
  if (never) return `Verbunden. Die Zuordnung „${never}“ wartet auf ihren ersten Import, den Sie starten.`;
  const [changed] = status.changed;
  if (changed)
    return `Verbunden. Die Zuordnung „${changed}“ wurde geändert: sehen Sie die Vorschau an, dann importieren Sie sie.`;
  if (status.mappings === 0) return "Verbunden. Noch keine Zuordnung, also wird niemand importiert.";
  const [other] = status.elsewhere;
  if (other && status.elsewhere.length === status.mappings)
    return `Verbunden. Der Connector auf ${other.host} importiert; dieser beantwortet Anmeldungen und steht bereit.`;
  return `Verbunden. ${count(status.people)} Personen importiert.`;
}

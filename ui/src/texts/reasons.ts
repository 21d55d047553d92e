import { language } from "./index";

/** The program's reasons, which are English, in German: fixed ones, and those with a value in them. */
export const REASONS_DE: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:In the directory and not in the cloud yet|Not in the cloud yet)\.$/,
    "Im Verzeichnis und noch nicht in der Cloud.",
  ],
  [/^(?:The cloud has it already|As the cloud has acknowledged)\.$/, "Die Cloud hat es schon."],
  [
    /^(?:Was inactive in the cloud and is in scope again|Enabled in the directory again)\.$/,
    "War in der Cloud inaktiv und gehört wieder dazu.",
  ],
  [/^Disabled in the directory\.$/, "Im Verzeichnis deaktiviert."],
  [/^(?:Has no|No) e-mail address in the directory\.$/, "Hat im Verzeichnis keine E-Mail-Adresse."],
  [
    /^No longer in the scope of the mapping; checked one by one before it is sent\.$/,
    "Gehört nicht mehr zur Zuordnung; wird vor dem Senden einzeln geprüft.",
  ],
  [
    /^Deleted from the directory \(checked by identity\)\.$/,
    "Aus dem Verzeichnis gelöscht (anhand der Kennung geprüft).",
  ],
  [
    /^Still in the directory but outside the scope of the mapping\.$/,
    "Noch im Verzeichnis, aber außerhalb der Zuordnung.",
  ],
  [/^Has no (.+) in the directory\.$/, "Hat im Verzeichnis keinen brauchbaren Namen ($1)."],
  [
    /^Belongs to the mapping "(.+)", which has a higher priority\.$/,
    "Gehört zur Zuordnung „$1“, die Vorrang hat.",
  ],
  [/^Has the same (.+) as (.+)\.$/, "Hat denselben Wert ($1) wie $2."],
  [/^Belonged to the mapping "(.+)" before\.$/, "Gehörte vorher zur Zuordnung „$1“."],
  [
    /^Now belongs to the mapping "(.+)"; moved when that one is imported\.$/,
    "Gehört jetzt zur Zuordnung „$1“; wechselt mit deren Import.",
  ],
  [/^Something the mapping sets has changed\.$/, "Etwas, das die Zuordnung setzt, hat sich geändert."],
  [/^The name has changed\.$/, "Der Name hat sich geändert."],
  [/^Changed: (.+)\.$/, "Geändert: $1."],
  [
    /^One of (\d+) people who would be made inactive; waits for the approval of list (\w+)\.$/,
    "Eine von $1 Personen, die deaktiviert würden; wartet auf die Freigabe der Liste $2.",
  ],
  [/^Not seen, but the read was not complete: (.+)$/, "Nicht gesehen, aber es wurde nicht alles gelesen: $1"],
  [
    /^A user of the cloud has the same e-mail address\.$/,
    "Ein Benutzer der Cloud hat dieselbe E-Mail-Adresse.",
  ],
  [
    /^Was not read: the directory did not return everything\.$/,
    "Nicht gelesen: Das Verzeichnis hat nicht alles zurückgegeben.",
  ],
];

/** A reason in the language of the window. */
export function reason(text: string): string {
  return language === "de" ? reasonDe(text) : text;
}

export function reasonDe(text: string): string {
  const known = REASONS_DE.find(([pattern]) => pattern.test(text));
  return known ? text.replace(known[0], known[1]) : text;
}

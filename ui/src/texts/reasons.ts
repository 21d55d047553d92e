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
  [
    /^The cloud has (.+) with the same e-mail address, who is linked instead of created\.$/,
    "Die Cloud hat $1 mit derselben E-Mail-Adresse; die Person wird verknüpft, nicht neu angelegt.",
  ],
  [
    /^The cloud has (.+) with the same user name, who is linked instead of created\.$/,
    "Die Cloud hat $1 mit demselben Benutzernamen; die Person wird verknüpft, nicht neu angelegt.",
  ],
  [
    /^Several may be meant by one user of the cloud, or one by several: (.+)\. Make one of them different\.$/,
    "Mehrere Personen passen zu einem Benutzer der Cloud, oder eine zu mehreren: $1. Ändern Sie einen davon.",
  ],
  [/^Disabled in the directory\.$/, "Im Verzeichnis deaktiviert."],
  [/^(?:Has no|No) e-mail address in the directory\.$/, "Hat im Verzeichnis keine E-Mail-Adresse."],
  [
    /^Deleted from the directory \(checked by identity\)\.$/,
    "Aus dem Verzeichnis gelöscht (anhand der Kennung geprüft).",
  ],
  [
    /^Cannot be found any more; approved by an administrator\.$/,
    "Nicht mehr zu finden; von einem Administrator freigegeben.",
  ],
  [
    /^Was not there when the mapping was read, and is now; the next import decides\.$/,
    "War beim Lesen nicht da und ist es jetzt; der nächste Import entscheidet.",
  ],
  [/^Now at (.+), which is not below (.+)\.$/, "Jetzt in $1, nicht unter $2."],
  [
    /^Now at (.+), outside the mapping's organizational units\.$/,
    "Jetzt in $1, außerhalb der Organisationseinheiten der Zuordnung.",
  ],
  [/^No longer a member of (.+)\.$/, "Nicht mehr Mitglied von $1."],
  [/^Department is (.+), not (.+)\.$/, "Die Abteilung ist $1, nicht $2."],
  [/^Country is (.+), not (.+)\.$/, "Das Land ist $1, nicht $2."],
  [/^Does not match the filter (.+)\.$/, "Passt nicht zum Filter $1."],
  [/^Does not meet the conditions (.+)\.$/, "Erfüllt die Bedingungen $1 nicht."],
  [
    /^Cannot be found, and neither can anybody else in (.+): deleted, or the bind account lost its rights\.$/,
    "Nicht zu finden, und auch sonst niemand in $1: gelöscht, oder dem Bindekonto fehlen Rechte.",
  ],
  [
    /^Not there, but another server answered than the last time; the next import from the same server decides\.$/,
    "Nicht da, aber ein anderer Server hat geantwortet als beim letzten Mal; der nächste Import vom selben Server entscheidet.",
  ],
  [
    /^Not there, but the server shows an older state of the directory than was seen before\.$/,
    "Nicht da, aber der Server zeigt einen älteren Stand des Verzeichnisses als zuvor gesehen.",
  ],
  [/^Waits for the approval of list (\w+)\.$/, "Wartet auf die Freigabe der Liste $1."],
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

/** Whoever waits for an approval has two reasons: why it would happen, and why not yet. */
const WAITS = / (?=One of \d+ people who would be made inactive|Waits for the approval)/;

export function reasonDe(text: string): string {
  const translated = text.split(WAITS).map((part) => {
    const known = REASONS_DE.find(([pattern]) => pattern.test(part));
    return known ? part.replace(known[0], known[1]) : part;
  });
  return translated.join(" ");
}

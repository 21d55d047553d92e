## Die vergangenen Importe: ihre Liste, ein einzelner, und was er mit wem getan hat.

nav-imports = Importe
page-imports = Was jeder Import getan hat, mit wem und warum.
imp-mapping = Zuordnung
imp-all-mappings = Alle Zuordnungen
imp-finished = Beendet
imp-took = Dauer
imp-result = Ergebnis
imp-list = Importe, der neueste zuerst
imp-import = Import
imp-of-full = { $mapping } · alle
imp-of-changes = { $mapping } · nur Änderungen
imp-open = Import von { $mapping }, { $at }, anzeigen
imp-none = Noch kein Import
imp-none-do = Sehen Sie die Vorschau einer Zuordnung an und starten Sie dann ihren ersten Import.
imp-none-of = Von dieser Zuordnung gibt es keinen Import.
imp-state-done = Fertig
imp-state-nothing = Nichts zu ändern
imp-state-waits = Wartet auf Freigabe
imp-state-refused = Teilweise abgelehnt
imp-state-later = Geht später weiter
imp-state-cancelled = Abgebrochen
imp-state-failed = Nicht vollständig
imp-later-at = Die Cloud bat, bis { $at } zu warten
imp-reading =
    { $n ->
        [one] „{ $mapping }“ wird importiert: { $n } Person gelesen
       *[other] „{ $mapping }“ wird importiert: { $n } Personen gelesen
    }
imp-sending =
    { $total ->
        [one] „{ $mapping }“ wird importiert: { $done } von { $total } Person von der Cloud bestätigt
       *[other] „{ $mapping }“ wird importiert: { $done } von { $total } Personen von der Cloud bestätigt
    }

imp-title = Import von { $mapping }, { $at }
imp-facts-full =
    { $read ->
        [one] Vollständiger Import: { $read } Person in { $took } gelesen.
       *[other] Vollständiger Import: { $read } Personen in { $took } gelesen.
    }
imp-facts-changes =
    { $read ->
        [one] Das Verzeichnis meldete eine Änderung: { $read } Person in { $took } gelesen.
       *[other] Das Verzeichnis meldete Änderungen: { $read } Personen in { $took } gelesen.
    }
imp-acknowledged =
    { $n ->
        [one] Die Cloud hat { $n } Person bestätigt.
       *[other] Die Cloud hat { $n } Personen bestätigt.
    }
imp-approved-deactivate =
    { $n ->
        [one] Für diesen Import wurde freigegeben, { $n } Person zu deaktivieren.
       *[other] Für diesen Import wurde freigegeben, { $n } Personen zu deaktivieren.
    }
imp-approved-relink =
    { $n ->
        [one] Für diesen Import wurde freigegeben, { $n } Person zu verknüpfen.
       *[other] Für diesen Import wurde freigegeben, { $n } Personen zu verknüpfen.
    }
# What started an import.
imp-started = Gestartet: { $how }.
started-schedule = planmäßig
started-changes = nach einer Änderung im Verzeichnis
started-window = im Fenster
started-command_line = auf der Befehlszeile
started-cloud = von der Cloud
imp-assumed =
    { $n ->
        [one] Für { $n } Person hat die Cloud die Änderung bestätigt, das Ergebnis aber nicht gezeigt.
       *[other] Für { $n } Personen hat die Cloud die Änderung bestätigt, das Ergebnis aber nicht gezeigt.
    }
imp-gone = Dieser Import ist nicht mehr aufbewahrt
imp-gone-do = Importe bleiben 90 Tage lang, und solange Platz ist.
imp-people-gone = Wer es war, ist nicht mehr aufbewahrt. Die Zahlen sind es.
imp-what = Was er getan hat
imp-people = Personen dieses Imports
imp-nobody = Er hat niemanden verändert.
imp-nobody-found = Hier passt niemand. Ändern Sie die Suche oder wählen Sie eine andere Gruppe.
imp-find = Name, E-Mail oder DN suchen
imp-who = Person
imp-change = Änderung
imp-why = Warum, und was sich geändert hat
imp-reason = Warum
imp-everybody = Alle
imp-refused = Von der Cloud abgelehnt
imp-shown =
    { $n ->
        [one] { $n } Person
       *[other] { $n } Personen
    }
imp-same = Wer unverändert blieb, ist nicht aufgeführt.
import-did-create = Neu
import-did-update = Geändert
import-did-preserve = Deaktiviert (Daten bleiben erhalten)
import-did-reactivate = Reaktiviert
import-did-adopt = Verknüpft
import-did-skip = Ausgelassen
import-did-hold = Zurückgehalten
import-did-unchanged = Unverändert
imp-postponed = Noch nicht gesendet: { $error }
imp-from-to = { $field }: { $before } → { $after }
imp-empty = (leer)

one-title = Was der Import getan hat
one-before = Vorher
one-after = Nachher
one-field = Feld
one-sent = Seitdem in der Cloud

## Wie ein Grund heißt, den viele haben.

why-new = Noch nicht in der Cloud
why-same = Schon in der Cloud
why-never_seen = Mit dieser Kennung nicht im Verzeichnis
why-mapping_removed = Zuordnung entfernt
why-back = Gehört wieder dazu
why-disabled = Im Verzeichnis deaktiviert
why-no_email = Keine E-Mail-Adresse
why-unusable_email = Unbrauchbare E-Mail-Adresse
why-lost_email = E-Mail-Adresse verloren
why-no_user_name = Kein Benutzername
why-claimed = Gehört zu einer Zuordnung mit Vorrang
why-same_user_name = Benutzername doppelt
why-same_identity = Eindeutige Kennung doppelt
why-same_email = E-Mail-Adresse doppelt
why-name_of_former = Name von jemandem, den es nicht mehr gibt
why-reused_identity = Eindeutige Kennung von jemand anderem
why-relinked = Neuer Eintrag im Verzeichnis
why-linked_by_email = In der Cloud an der E-Mail-Adresse erkannt
why-linked_by_user_name = In der Cloud am Benutzernamen erkannt
why-ambiguous = Passt zu mehr als einem Benutzer
why-moved = Kam aus einer anderen Zuordnung
why-may_belong_to = Anderes Konto antwortet nicht
why-moves_to = Wechselt in eine andere Zuordnung
why-changed = Werte geändert
why-mapping_changed = Zuordnung geändert
why-deleted = Aus dem Verzeichnis gelöscht
why-approved = Von einem Administrator freigegeben
why-back_again = Fehlte und war wieder da
why-left_base = Nicht mehr unter der Basis-DN
why-left_units = Nicht mehr in den Organisationseinheiten
why-left_groups = Nicht in den Gruppen
why-left_department = Nicht mehr in der Abteilung
why-no_department = Keine Abteilung
why-left_country = Nicht mehr in dem Land
why-no_country = Kein Land
why-left_filter = Passt nicht zum Filter
why-left_conditions = Erfüllt die Bedingungen nicht
why-excluded_unit = Wegen der Organisationseinheit ausgelassen
why-excluded_group = Wegen einer Gruppe ausgelassen
why-excluded_person = Namentlich ausgelassen
why-no_person = Keine Person
why-undecided = Nicht zu beurteilen
why-on_other_server = Auf einem anderen Server
why-out_of_sight = Nicht zu sehen
why-other_server = Anderer Server, oder Leserechte verloren
why-older_state = Der Server zeigt einen älteren Stand
why-not_proven = Das Fehlen ist nicht bewiesen

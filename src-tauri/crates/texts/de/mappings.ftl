## Mappings and their editor.

map-name = Name
map-account = Konto
map-base = Base-DN
map-name-from = Name für das Anlegen
map-cn = Common Name
map-upn = User Principal Name
map-units = Organisationseinheiten
map-units-hint = Ohne Auswahl gilt die Zuordnung für alle unter dem Base-DN.
map-search-units = Einheiten suchen
map-expand = { $name } aufklappen
map-collapse = { $name } zuklappen
map-groups = Gruppen
map-search-groups = Gruppen suchen
map-members =
    { $n ->
        [one] { $n } Mitglied
       *[other] { $n } Mitglieder
    }
map-nested = Verschachtelte Gruppen einschließen
map-none = Nichts gefunden.
map-exceptions = Ausnahmen
map-exceptions-hint = Wer hier ausgelassen ist, wird nicht importiert, was auch immer die Kriterien sagen. Wer hinzugenommen ist, wird importiert, ohne sie zu erfüllen.
map-not-units = Ausgelassene Organisationseinheiten
map-not-groups = Ausgelassene Gruppen
map-not-people = Ausgelassene Personen
map-add-people = Hinzugenommene Personen
map-search-people = Suche: { $label }
map-search-people-hint = Name, Benutzername oder E-Mail-Adresse
map-nobody-named = Niemand
map-named =
    { $n ->
        [one] { $n } Person gewählt
       *[other] { $n } Personen gewählt
    }
map-filter = Attributfilter
map-filter-none = Kein Filter
map-filter-conditions = Bedingungen
map-filter-manual = Von Hand geschriebener Filter (RFC 4515)
map-join = Bedingungen verknüpfen mit
map-all = UND
map-any = ODER
map-attribute = Attribut
map-operator = Operator
map-value = Wert
map-add-condition = Bedingung hinzufügen
map-add-group = Gruppe hinzufügen
map-remove-condition = Bedingung { $n } entfernen
map-shown = Filter, der an das Verzeichnis geht
map-matches =
    { $n ->
        [one] { $n } Person passt.
       *[other] { $n } Personen passen.
    }
map-matches-part =
    { $n ->
        [one] Mindestens { $n } Person passt; das Verzeichnis hat nicht alles geliefert.
       *[other] Mindestens { $n } Personen passen; das Verzeichnis hat nicht alles geliefert.
    }
map-pane = Wen sie nimmt
map-examples = Zum Beispiel
map-examples-more =
    { $n ->
        [one] Und { $n } weitere Person
       *[other] Und { $n } weitere Personen
    }
map-before =
    { $n ->
        [one] { $n } Person beim letzten Import
       *[other] { $n } Personen beim letzten Import
    }
map-as-before = Ebenso viele wie vorher
map-more = { $n } mehr als vorher
map-fewer = { $n } weniger als vorher
map-page1 = Wer
map-page2 = Profil und Speicher
map-profile = Profil
map-storage = Speicherregion
map-quota = Kontingent je Benutzer in GB
map-quota-hint = Leer heißt unbegrenzt.
map-auto = Automatisch importieren
map-email = Aktivierungs-E-Mail senden
map-mass = Für die Massenverteilung verwenden
map-department = Abteilung
map-country = Land
map-list-hint = Mehrere Werte, durch Semikolon getrennt; einer genügt.

maps-new = Neue Zuordnung
maps-up = { $name } nach oben
maps-down = { $name } nach unten
maps-hint = Wer zu mehreren Zuordnungen passt, gehört zur ersten. Zeile ziehen oder die Pfeile benutzen.
maps-edit = Bearbeiten
maps-preview = Vorschau
maps-first = Speichern ist möglich nach einer Vorschau der Zuordnung in dieser Fassung.
maps-unchecked = Die Zuordnung ist gespeichert, aber was sie nennt, ist nicht geprüft: Jeder Import prüft es.
maps-remove-sure = { $name } entfernen? Die Personen in der Cloud bleiben, wie sie sind.
maps-empty = Noch keine Zuordnungen.

op-equals = ist gleich
op-not_equals = ist nicht gleich
op-starts_with = beginnt mit
op-ends_with = endet mit
op-contains = enthält
op-at_least = mindestens
op-at_most = höchstens
op-present = ist vorhanden
op-absent = fehlt

page-editor = Wen die Zuordnung nimmt, und was diese Personen in der Cloud bekommen. Gespeichert wird nach der Vorschau.
map-finish-condition = Geben Sie für jede Bedingung einen Wert ein, oder entfernen Sie sie.
map-mend-filter = Berichtigen Sie den Filter, um fortzufahren.
maps-moved = { $name } ist jetzt Nummer { $n }.
maps-rank = Rang
maps-name = Zuordnung
maps-people = Personen
maps-skipped = Ausgelassen
maps-last = Letzter Import
maps-state = Zustand
maps-actions = Aktionen
maps-unit =
    { $n ->
        [0] Einheit { $name }
       *[other] Einheit { $name } und { $n } weitere
    }
maps-group =
    { $n ->
        [0] Gruppe { $name }
       *[other] Gruppe { $name } und { $n } weitere
    }
maps-not-unit =
    { $n ->
        [0] nicht in Einheit { $name }
       *[other] nicht in Einheit { $name } und { $n } weiteren
    }
maps-not-group =
    { $n ->
        [0] nicht in Gruppe { $name }
       *[other] nicht in Gruppe { $name } und { $n } weiteren
    }
maps-added =
    { $n ->
        [one] { $n } Person namentlich
       *[other] { $n } Personen namentlich
    }
maps-left-out =
    { $n ->
        [one] ohne { $n } Person namentlich
       *[other] ohne { $n } Personen namentlich
    }
maps-department = Abteilung { $values }
maps-country = Land { $values }
maps-filter = mit einem Filter
maps-everyone = Alle unter { $base }
maps-state-importing = Wird importiert
maps-state-never = Wartet auf den ersten Import
maps-state-changed = Geändert; wartet auf Vorschau und Import durch Sie
maps-state-elsewhere = Wird vom Connector auf { $host } importiert
maps-state-failed = Der letzte Import war nicht vollständig
maps-state-good = Auf dem neuesten Stand

## Mappings that the cloud sent, which wait for an administrator.

prop-title = Von der Cloud gesendet
prop-waiting =
    { $n ->
        [one] { $n } Zuordnung der Cloud wartet auf Ihre Freigabe. Vorher wird durch sie nichts gelesen und nichts gesendet.
       *[other] { $n } Zuordnungen der Cloud warten auf Ihre Freigabe. Vorher wird durch sie nichts gelesen und nichts gesendet.
    }
prop-new = Neue Zuordnung
prop-change = Ändert „{ $name }“
prop-came = Empfangen { $at }
prop-review = Durchsehen
prop-review-name = { $name } durchsehen
prop-purpose = Die Cloud bittet um diese Zuordnung. Vergleichen Sie sie mit der heutigen, sehen Sie nach, wen sie nimmt, und geben Sie sie dann frei oder lehnen Sie sie ab.
prop-same = Die Zuordnung ist schon so vorhanden, wie die Cloud sie haben möchte. Eine Freigabe ändert nichts.
prop-what = Was sich ändern würde
prop-setting = Einstellung
prop-today = Heute
prop-then = Nach der Freigabe
prop-changed = Geändert
prop-kept-n =
    { $n ->
        [one] { $n } Einstellung bleibt, wie sie ist
       *[other] { $n } Einstellungen bleiben, wie sie sind
    }
prop-rank = Rang
prop-rank-last = Am Ende
prop-yes = Ja
prop-no = Nein
prop-nobody-left-out = Keine Einschränkung
prop-unlimited = Unbegrenzt
prop-default = Vorgabe der Cloud
prop-gb = { $n } GB
prop-attributes = Attribute
prop-selects-by = Wählt Personen nach
prop-selects-by-none = Keinem Attribut: nur nach Ort und Gruppe
prop-sends = Sendet von jeder Person
prop-people = Wen sie nehmen würde
prop-people-hint = Sehen Sie nach, wen die Zuordnung nehmen würde. Freigeben können Sie sie, sobald diese Vorschau gelesen ist.
prop-decide = Entscheidung
prop-hash = Freigegeben wird genau diese Fassung: { $hash }
prop-read = Ich habe die Einstellungen verglichen und die Personen angesehen
prop-approve = Diese Zuordnung freigeben
prop-refuse = Ablehnen
prop-refuse-title = Die Zuordnung „{ $name }“ ablehnen?
prop-refuse-text = Sie wird hier vergessen, und nichts ändert sich. Die Cloud kann sie noch einmal senden.
prop-approved = „{ $name }“ ist freigegeben. Ihr erster Import wartet, bis Sie ihn starten.
prop-refused = „{ $name }“ wurde abgelehnt. Nichts hat sich geändert.
prop-stale = Die Cloud hat inzwischen eine andere Fassung dieser Zuordnung gesendet. Vergleichen Sie sie noch einmal.
prop-first = Warten Sie die Vorschau ab, und bestätigen Sie dann, dass Sie sie angesehen haben.
prop-gone = Diese Zuordnung wartet nicht mehr. Sie wurde freigegeben oder abgelehnt, oder die Cloud hat eine andere gesendet.
prop-back = Alle Zuordnungen
prop-do = Zuordnung durchsehen
nav-proposed =
    { $n ->
        [one] { $n } Zuordnung der Cloud wartet auf Freigabe
       *[other] { $n } Zuordnungen der Cloud warten auf Freigabe
    }

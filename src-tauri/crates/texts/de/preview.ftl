## The preview of an import.

pre-run = Vorschau starten
pre-again = Vorschau erneut starten
pre-intro = Die Vorschau liest das Verzeichnis und ändert nichts.
pre-reading =
    { $n ->
        [one] { $n } Person gelesen
       *[other] { $n } Personen gelesen
    }
pre-incomplete = Das Verzeichnis hat nicht alles geliefert. Wer nicht gelesen wurde, bleibt unverändert.
pre-show = Anzeigen
pre-people = Personen
pre-found =
    { $n ->
        [one] { $n } Person
       *[other] { $n } Personen
    }
pre-csv = Als CSV exportieren
pre-approve = Diese Liste genehmigen und importieren
pre-approve-hint =
    { $n ->
        [one] { $n } Person würde deaktiviert (ihre Daten bleiben erhalten), mehr als die Grenze erlaubt. Liste { $hash }
       *[other] { $n } Personen würden deaktiviert (ihre Daten bleiben erhalten), mehr als die Grenze erlaubt. Liste { $hash }
    }
pre-read = Ich habe die Personen angesehen, die deaktiviert würden (ihre Daten bleiben erhalten)
pre-approved = Genehmigt. Der Import läuft.

change-all = Alle
change-create = Anlegen
change-update = Ändern
change-preserve = Bewahren
change-reactivate = Reaktivieren
change-adopt = Übernehmen
change-skip = Überspringen
change-hold = Zurückhalten
change-unchanged = Unverändert

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
pre-approve-hint-deactivate =
    { $n ->
        [one] { $n } Person würde deaktiviert (ihre Daten bleiben erhalten). Das wartet auf Ihre Freigabe. Liste { $hash }
       *[other] { $n } Personen würden deaktiviert (ihre Daten bleiben erhalten). Das wartet auf Ihre Freigabe. Liste { $hash }
    }
pre-approve-hint-relink =
    { $n ->
        [one] { $n } Person hat einen neuen Eintrag und würde mit demselben Benutzer verknüpft. Das wartet auf Ihre Freigabe. Liste { $hash }
       *[other] { $n } Personen haben einen neuen Eintrag und würden mit denselben Benutzern verknüpft. Das wartet auf Ihre Freigabe. Liste { $hash }
    }
list-deactivate = Wartet auf Freigabe: deaktivieren (Daten bleiben erhalten)
list-relink = Wartet auf Freigabe: verknüpfen

change-all = Alle
change-create = Anlegen
change-update = Ändern
change-preserve = Bewahren
change-reactivate = Reaktivieren
change-adopt = Übernehmen
change-skip = Überspringen
change-hold = Zurückhalten
change-unchanged = Unverändert

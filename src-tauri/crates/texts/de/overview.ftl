## The first screen: cloud, directory, imports, alerts; the icon's states.

over-import = Jetzt importieren
over-why-paused = Importe sind angehalten. Setzen Sie sie zuerst fort.
over-why-cloud = Schließen Sie zuerst die Einrichtung ab: Dieser Computer ist bei keiner Cloud registriert.
over-why-mapping = Fügen Sie zuerst eine Zuordnung hinzu: Ohne sie wird niemand importiert.
over-pause = Anhalten
over-resume = Fortsetzen
over-cloud = Cloud
over-imports = Importe
over-last = Letzter Import
over-next = Nächster Import
over-never = Nie
over-people = Personen in der Cloud
over-accounts = Konten
over-held-deactivate =
    { $n ->
        [one] { $n } Person würde deaktiviert (ihre Daten bleiben erhalten). Nichts davon wird gesendet, bevor Sie die Liste freigeben.
       *[other] { $n } Personen würden deaktiviert (ihre Daten bleiben erhalten). Nichts davon wird gesendet, bevor Sie die Liste freigeben.
    }
over-held-relink =
    { $n ->
        [one] { $n } Person hat einen neuen Eintrag im Verzeichnis und würde mit demselben Benutzer verknüpft. Nichts davon wird gesendet, bevor Sie die Liste freigeben.
       *[other] { $n } Personen haben einen neuen Eintrag im Verzeichnis und würden mit denselben Benutzern verknüpft. Nichts davon wird gesendet, bevor Sie die Liste freigeben.
    }
over-review = Liste prüfen
over-left-behind = Personen entfernter Zuordnungen. Sie bleiben in der Cloud, wie sie sind, bis eine andere Zuordnung sie nimmt.
over-changes = Änderungen zwischen Importen
over-state = Zustand
over-ms = { $n } ms
over-certificates = Zertifikate der Verzeichnisse
over-do-setup = Einrichten
over-do-check = Verbindung prüfen
over-do-directory = Verzeichnis öffnen
over-do-preview = Vorschau ansehen
over-do-mapping = Zuordnung hinzufügen
over-do-import = Alle Importe zeigen
over-in-mappings =
    { $n ->
        [one] In { $n } Zuordnung
       *[other] In { $n } Zuordnungen
    }
over-skipped = Ausgelassen
over-skipped-where = Von den letzten Importen
over-approval = Warten auf Freigabe
over-approval-some = Liste durchsehen
over-approval-none = Nichts freizugeben
over-recent = Letzte Importe
over-none-yet = Noch kein Import. Der erste beginnt, wenn Sie ihn starten.
over-added = Neu
over-updated = Geändert
over-deactivated = Deaktiviert
over-refused = Abgelehnt
over-connections = Verbindungen
over-since-when = Seit { $at }
over-cert-days =
    { $n ->
        [one] noch { $n } Tag
       *[other] noch { $n } Tage
    }
over-cert-soon =
    { $n ->
        [one] Endet in { $n } Tag: erneuern
       *[other] Endet in { $n } Tagen: erneuern
    }
over-cert-ended =
    { $n ->
        [one] Vor { $n } Tag abgelaufen
       *[other] Vor { $n } Tagen abgelaufen
    }
over-cert-unknown = Nicht erreichbar

cloud-not_registered = Nicht registriert
cloud-delivery_only = Nur Zustellung
cloud-connecting = Verbindung wird hergestellt
cloud-connected = Verbunden
cloud-waiting = Wartet
cloud-revoked = Widerrufen

tray-connected = Verbunden
tray-working = Arbeitet
tray-attention = Braucht Aufmerksamkeit
tray-disconnected = Getrennt

alert-grace_sign_ins = Abgelaufene Kennwörter
alert-people_refused = Von der Cloud abgelehnte Personen
alert-storage = Nichts lässt sich speichern
alert-secrets = Geheimnisse nicht lesbar
alert-identity = Registrierung doppelt verwendet
alert-database_lost = Datenbank verloren
alert-directory_connection = Verbindung zum Verzeichnis
alert-directory_authentication = Anmeldung am Verzeichnis gescheitert

follow-syncrepl = Sobald sie geschehen (syncrepl)
follow-persistent_search = Sobald sie geschehen (Persistent Search)
follow-usn_changed = Alle paar Sekunden (uSNChanged)
follow-modify_timestamp = Einige Male in der Minute, ohne Löschungen
follow-not = Zurzeit nicht; wird wieder versucht

## Charts.

chart-imports = Importe der letzten 30 Tage
chart-imports-n =
    { $n ->
        [one] { $n } Import
       *[other] { $n } Importe
    }
chart-imports-none = In den letzten 30 Tagen lief kein Import.
chart-imports-same =
    { $n ->
        [one] { $n } Import lief, und nichts hatte sich geändert.
       *[other] { $n } Importe liefen, und nichts hatte sich geändert.
    }
chart-imports-more = Importe zeigen
chart-sign-ins = Anmeldungen der letzten 24 Stunden
chart-sign-ins-n =
    { $n ->
        [one] { $n } Anmeldung
       *[other] { $n } Anmeldungen
    }
chart-sign-ins-none = In den letzten 24 Stunden hat sich niemand angemeldet.
chart-sign-ins-more = Anmeldungen zeigen
chart-ok = Angemeldet
chart-wrong = Falsches Kennwort
chart-held = Gesperrt oder zurückgehalten
chart-other = Andere Gründe
chart-p95 = 95 % binnen
chart-day = Tag
chart-hour = Stunde
chart-column = { $name }: { $counts }
chart-table = Als Tabelle
chart-keys = Die Pfeiltasten führen von Balken zu Balken.
over-failed = Fehlanmeldungen
over-failed-of =
    { $n ->
        [one] Von { $n } in den letzten 24 Stunden
       *[other] Von { $n } in den letzten 24 Stunden
    }

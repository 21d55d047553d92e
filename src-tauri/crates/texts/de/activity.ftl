## The journal.

log-kind = Art
log-all = Alle
log-import = Importe
log-changes = Änderungen zwischen Importen
log-approval = Freigaben
log-missed = Verpasste Änderungen
log-sign_in = Anmeldungen
log-activation = Aktivierungen
log-settings = Einstellungen
log-time = Zeit
log-subject = Betreff
log-more = Mehr anzeigen
log-one-import = Import
log-one-changes = Änderungen
log-one-approval = Freigabe
log-one-missed = Verpasste Änderung
log-one-sign_in = Anmeldung
log-one-activation = Aktivierung
log-one-settings = Änderung der Einstellungen
log-imported =
    { $read ->
        [one] { $read } Person gelesen, { $done } bestätigt.
       *[other] { $read } Personen gelesen, { $done } bestätigt.
    }
log-read =
    { $read ->
        [one] { $read } Person gelesen: { $done }.
       *[other] { $read } Personen gelesen: { $done }.
    }
log-did-create = { $n } angelegt
log-did-update = { $n } geändert
log-did-preserve = { $n } deaktiviert (Daten bleiben erhalten)
log-did-reactivate = { $n } reaktiviert
log-did-adopt = { $n } verknüpft
log-did-skip = { $n } übersprungen
log-did-hold = { $n } zurückgehalten
log-did-unchanged = { $n } unverändert
log-by = von { $account }, { $door }
door-window = im Fenster
door-command_line = auf der Kommandozeile
door-cloud = über die Cloud
door-connector = durch den Connector selbst
log-refused =
    { $n ->
        [one] { $n } Person von der Cloud abgelehnt.
       *[other] { $n } Personen von der Cloud abgelehnt.
    }
log-approved-deactivate =
    { $n ->
        [one] { $n } Person darf deaktiviert werden (ihre Daten bleiben erhalten; Liste { $list }).
       *[other] { $n } Personen dürfen deaktiviert werden (ihre Daten bleiben erhalten; Liste { $list }).
    }
log-approved-relink =
    { $n ->
        [one] { $n } Person mit neuem Eintrag darf verknüpft werden (Liste { $list }).
       *[other] { $n } Personen mit neuen Einträgen dürfen verknüpft werden (Liste { $list }).
    }
log-approved-directory = Das Verzeichnis gilt so, wie es jetzt ist.
log-waits-deactivate =
    { $n ->
        [one] { $n } Person wartet auf Ihre Freigabe, deaktiviert zu werden (ihre Daten bleiben erhalten).
       *[other] { $n } Personen warten auf Ihre Freigabe, deaktiviert zu werden (ihre Daten bleiben erhalten).
    }
log-waits-relink =
    { $n ->
        [one] { $n } Person mit neuem Eintrag wartet auf Ihre Freigabe, verknüpft zu werden.
       *[other] { $n } Personen mit neuen Einträgen warten auf Ihre Freigabe, verknüpft zu werden.
    }
log-in-mapping = Zuordnung { $name }
log-times =
    { $n ->
        [one] einmal
       *[other] { $n }-mal innerhalb einer Minute
    }
log-grace-left =
    { $n ->
        [one] das Kennwort ist abgelaufen, noch { $n } Anmeldung
       *[other] das Kennwort ist abgelaufen, noch { $n } Anmeldungen
    }
log-alert = Warnungen
log-one-alert = Warnung
log-update = Aktualisierungen
log-one-update = Aktualisierung
log-update-found = Eine neuere Version wird angeboten
log-update-approved = Freigegeben: { $by }
log-update-installed = Installiert
log-update-failed = Nicht installiert: { $why }
log-missed-people =
    { $n ->
        [one] Ein voller Import fand { $n } geänderte Person, die das Verzeichnis nicht gemeldet hatte. In der Cloud stimmt sie jetzt.
       *[other] Ein voller Import fand { $n } geänderte Personen, die das Verzeichnis nicht gemeldet hatte. In der Cloud stimmen sie jetzt.
    }

did-account-added = Konto hinzugefügt
did-account-changed = Konto geändert
did-account-removed = Konto entfernt
did-password-changed = Kennwort geändert
did-mapping-applied = Zuordnung gespeichert
did-mapping-proposed = Zuordnung aus der Cloud empfangen, wartet auf Freigabe
did-mapping-rejected = Zuordnung aus der Cloud nicht übernommen
did-mapping-removed = Zuordnung entfernt
did-mapping-moved = Zuordnung verschoben
did-settings-changed = Einstellungen geändert
did-settings-exported = Einstellungen exportiert
did-settings-imported = Einstellungen importiert
did-interval-changed = Importintervall geändert
did-token-changed = Token geändert
did-proxy-changed = Proxy geändert
did-registered = Registriert
did-unregistered = Abgemeldet
did-purged = Alles entfernt
did-migrated = Einstellungen des früheren Connectors übernommen

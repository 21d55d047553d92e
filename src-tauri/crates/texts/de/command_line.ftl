## What the command line prints for people. Programs get JSON; the help texts are in English.

cli-error = Fehler: { $message }
cli-to-do = Was zu tun ist: { $action }
cli-in-english = auf Englisch: { $message }
cli-prompt-password = Kennwort
cli-prompt-proxy-password = Kennwort des Proxys
cli-prompt-token = Token
cli-prompt-registration-key = Registrierungsschlüssel
cli-nothing-found = Nichts gefunden.
cli-none = keine
cli-not-written = Die Antwort lässt sich nicht schreiben: { $reason }.
cli-written = Geschrieben nach { $file }.

# The first line of a table.
col-about = Betreff
col-account = Konto
col-acknowledged = bestätigt
col-base_dn = Base-DN
col-bind_name = Bind-Name
col-dn = DN
col-email = E-Mail
col-kind = Art
col-mapping = Zuordnung
col-members = Mitglieder
col-more = mehr
col-name = Name
col-place = Nr.
col-plan = Plan
col-read = gelesen
col-refused = abgelehnt
col-result = Ergebnis
col-scope = Bereich
col-security = Sicherheit
col-servers = Server
col-run = Import
col-time = Zeit
col-took = Dauer
col-user_name = Benutzername
col-what = was geschah

cli-mark-pass = gut
cli-mark-fail = FEHLER
cli-mark-skip = aus
cli-checked = { $passed } bestanden, { $failed } fehlgeschlagen, { $skipped } übersprungen

cli-progress-reading = { $mapping }: { $read } gelesen
cli-progress-sending = { $mapping }: { $read } gelesen, { $acknowledged } von { $total } bestätigt
cli-progress-planned = geplante Personen: { $n }

cli-explain-import = Import { $at_ms }, „{ $mapping }“ { $run }: { $did }
cli-preview = Zuordnung „{ $mapping }“: { $counts }
cli-preview-incomplete = Das Verzeichnis wurde nicht ganz gelesen: { $error } Wer nicht gesehen wurde, bleibt unverändert.
cli-preview-note = Hinweis: { $finding }
cli-approve-deactivate =
    { $people ->
        [one] { $people } Person von „{ $mapping }“ würde deaktiviert (ihre Daten bleiben erhalten) und wartet auf Ihre Freigabe. Wenn die Liste stimmt: insync-connector sync --approve { $hash } { WORD($mapping) }
       *[other] { $people } Personen von „{ $mapping }“ würden deaktiviert (ihre Daten bleiben erhalten) und warten auf Ihre Freigabe. Wenn die Liste stimmt: insync-connector sync --approve { $hash } { WORD($mapping) }
    }
cli-approve-relink =
    { $people ->
        [one] { $people } Person von „{ $mapping }“ hat einen neuen Eintrag, würde mit demselben Benutzer verknüpft und wartet auf Ihre Freigabe. Wenn die Liste stimmt: insync-connector sync --approve { $hash } { WORD($mapping) }
       *[other] { $people } Personen von „{ $mapping }“ haben neue Einträge, würden mit denselben Benutzern verknüpft und warten auf Ihre Freigabe. Wenn die Liste stimmt: insync-connector sync --approve { $hash } { WORD($mapping) }
    }
cli-count-create = { $n } anlegen
cli-count-update = { $n } ändern
cli-count-preserve = { $n } deaktivieren (Daten bewahren)
cli-count-reactivate = { $n } reaktivieren
cli-count-adopt = { $n } übernehmen
cli-count-skip = { $n } überspringen
cli-count-hold = { $n } zurückhalten
cli-count-unchanged = { $n } unverändert
cli-count-nobody = niemand

cli-import-first = „{ $mapping }“ wurde noch nie vollständig importiert. Was ein Import tut:
cli-import-changed = „{ $mapping }“ wurde seit dem letzten Import geändert. Was nun geschieht:
cli-import-waits = wartet auf Freigabe
cli-import-resumes = geht um { $until_ms } von selbst weiter, wie die Cloud es verlangt
cli-import-complete = vollständig
cli-import-some-refused =
    { $n ->
        [one] { $n } Person von der Cloud abgelehnt
       *[other] { $n } Personen von der Cloud abgelehnt
    }
cli-status-refused =
    { $people ->
        [one] abgelehnt von der Cloud seit { $since }: { $people } Person von „{ $mapping }“: { $error }
       *[other] abgelehnt von der Cloud seit { $since }: { $people } Personen von „{ $mapping }“: { $error }
    }
cli-import-refused = abgelehnt von „{ $mapping }“: { $people }, weil: { $reason }
cli-import-to-do = „{ $mapping }“: Was zu tun ist: { $action }
cli-imports-run = Import { $run } von „{ $mapping }“, { $at_ms }: { $how }
cli-imports-gone = Die Personen dieses Imports sind nicht mehr alle aufbewahrt. Sie bleiben höchstens 90 Tage, und solange Platz ist.
cli-imports-postponed = nicht ausgeführt: { $error }
cli-import-cancelled = Was die Cloud bestätigt hat, bleibt; der nächste Import macht dort weiter.
cli-seconds = { $n } s

## Inputs that an error is about.
input-account = Konto
input-attr = Attribute
input-base_dn = Basis-DN
input-bind_name = Bind-Name
input-ca = CA-Zertifikat
input-ca_pem = CA-Zertifikat
input-cloud = Cloud
input-cloud_attributes = Attribute, die die Cloud verwenden darf
input-conditions = Bedingungen
input-connector_id = Kennung des Connectors
input-days = Tage
input-domain = Domäne
input-enabled = Regel für aktive Personen
input-file = Datei
input-filter = Filter
input-groups = Gruppen
input-home = Ordner des Connectors
input-host = Host des Proxys
input-interval_hours = Stunden zwischen vollen Importen
input-key = Registrierungsschlüssel
input-kind = Art des Servers
input-log_level = Ausführlichkeit der Protokolle
input-mapping = Zuordnung
input-name = Name
input-password = Kennwort
input-proxy = Proxy
input-proxy_password = Kennwort des Proxys
input-replace = Einstellungen ersetzen
input-request_id = Kennung der Anfrage
input-run = Import
input-save = Zieldatei
input-security = Sicherheit
input-server = Server
input-servers = Server
input-to = Neuer Platz
input-token = Token
input-under = Container, unter dem gesucht wird
input-exclude_units = Ausgelassene Organisationseinheiten
input-exclude_groups = Ausgelassene Gruppen
input-include_people = Hinzugenommene Personen
input-exclude_people = Ausgelassene Personen
input-units = Organisationseinheiten
input-url = Adresse
input-user = Benutzer
input-values = Zu ändernde Einstellungen
input-version = Version

## Settings, and the move to another computer.

set-interval_hours = Importintervall in Stunden
set-follow-changes = Änderungen zwischen zwei Importen übernehmen, sobald das Verzeichnis sie meldet
set-removal_limit_percent = Entfernungsgrenze in Prozent
set-removal_limit_people = Entfernungsgrenze in Personen
set-removal-hint = Ein Plan, der mehr Personen deaktivieren würde, als beide Grenzen erlauben (ihre Daten bleiben erhalten), wartet auf Ihre Freigabe.
set-wrong_attempts = Falsche Kennwörter, bevor Anmeldungen zurückgehalten werden
set-window_minutes = Gezählt innerhalb von Minuten
set-log = Protokollstufe
set-from-cloud = Zuordnungen aus der Cloud annehmen; jede wartet auf Ihre Freigabe
set-card-schedule = Zeitplan
set-card-removal = Schutz vor Deaktivierungen
set-card-sign-in = Schutz der Anmeldungen
set-card-log = Protokoll
set-log-hint = Das Protokoll wird 14 Tage aufbewahrt. Debug und Trace helfen dem Support; sie brauchen mehr Platz.
level-error = Fehler
level-warn = Warnungen
level-info = Informationen
level-debug = Debug
level-trace = Trace
set-saved = Gespeichert.
set-token-save = Token ändern
set-token-saved = Der Dienst unter { $url } hat das neue Token angenommen.
set-proxy-save = Proxy ändern
set-program = Programm
set-version = Version
set-home = Ordner
set-secrets = Geheimnisse
set-leave = Die Cloud verlassen; die Personen bleiben dort, wie sie sind.
set-leave-do = Cloud verlassen
set-leave-sure = Die Cloud verlassen? Importe und Anmeldungen enden.
set-leave-forget = Noch einmal beendet die Registrierung nur hier, ohne die Cloud.
set-deadline_seconds = Sekunden bis zur Antwort auf eine Anmeldung

move-title = Auf einen anderen Computer umziehen
move-hint = Die Datei enthält Konten, Zuordnungen, Regeln, Proxy und die Identität der Registrierung, nie ein Kennwort oder einen Schlüssel. Der andere Computer sagt, was dort noch zu tun ist.
move-export = Einstellungen exportieren
move-choose = Exportierte Datei wählen…
move-import = Übernehmen
move-replace-all = Hiesige Konten, Zuordnungen und Proxy ersetzen
move-done =
    Von { $host } übernommen: { $accounts ->
        [one] { $accounts } Konto
       *[other] { $accounts } Konten
    }, { $mappings ->
        [one] { $mappings } Zuordnung
       *[other] { $mappings } Zuordnungen
    }.
move-left = Noch zu tun:
move-password = Geben Sie unter Verzeichnisse das Kennwort von { $name } ein.
move-replace = Registrieren Sie unter Einrichtung mit einem Schlüssel, der den Connector auf { $host } ({ $id }) ersetzt. Die Konsole der Cloud erzeugt ihn; jener Connector endet sofort.
move-register = Registrieren Sie unter Einrichtung bei Ihrer Cloud.
move-proxy-password = Geben Sie dort das Kennwort des Proxys an.
move-preview = Sehen Sie die Vorschau jeder Zuordnung an und importieren Sie sie. Bis dahin wird keine von selbst importiert.

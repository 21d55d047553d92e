## What stands around every screen: navigation, buttons, the question before the end.

app-name = inSync Connector

nav-label = Hauptnavigation
nav-overview = Übersicht
nav-setup = Einrichtung
nav-sign_ins = Anmeldungen
nav-mappings = Zuordnungen
nav-accounts = Verzeichnisse
nav-activity = Aktivität
nav-diagnostics = Diagnose
nav-settings = Einstellungen
nav-help = Hilfe
nav-skip = Zum Inhalt springen
nav-waiting =
    { $n ->
        [one] { $n } Person wartet auf Freigabe
       *[other] { $n } Personen warten auf Freigabe
    }
nav-wrong =
    { $n ->
        [one] { $n } Sache braucht Aufmerksamkeit
       *[other] { $n } Sachen brauchen Aufmerksamkeit
    }

page-overview = Wie es um Importe und Anmeldungen steht, und was Sie tun müssen.
page-sign_ins = Wer sich über den Connector angemeldet hat, wie es ausging, und warum.
page-mappings = Wer aus Ihrem Verzeichnis Benutzer in der Cloud wird, und mit welchem Profil.
page-accounts = Die Verzeichnisse, aus denen Personen gelesen und in denen Kennwörter geprüft werden.
page-activity = Was der Connector getan hat, und was geändert wurde.
page-diagnostics = Prüft diesen Computer, Ihre Verzeichnisse und die Cloud und sammelt, was der Support braucht.
page-settings = Wann Importe laufen, was sie deaktivieren dürfen, und wie Anmeldungen geschützt sind.
page-help = Was der Connector in Ihrem Netz braucht, und was zu tun ist, wenn etwas fehlschlägt.

search-label = Personen, Zuordnungen, Verzeichnisse und Einstellungen suchen
search-hint = Suchen (Strg+K)
search-group-screens = Bereiche
search-group-mappings = Zuordnungen
search-group-accounts = Verzeichnisse
search-group-settings = Einstellungen

act-close = Schließen
act-cancel = Abbrechen
act-back = Zurück
act-next = Weiter
act-save = Speichern
act-remove = Entfernen
act-details = Details
act-search = Suchen
act-export = Exportieren
act-saved = Gespeichert als { $path }.
act-retry = Erneut prüfen
act-add = Hinzufügen

state-loading = Wird geladen
state-pass = Bestanden
state-fail = Fehlgeschlagen
state-skip = Übersprungen

quit-title = inSync Connector beenden?
quit-window = Importe und Anmeldungen ruhen, bis er wieder gestartet wird. Was läuft, wird zuerst beendet.
quit-service = Nur dieses Fenster und sein Symbol enden: Der Dienst setzt Importe und Anmeldungen fort.
quit-yes = Beenden

engine-service = Der Dienst führt den Connector aus; dieses Fenster zeigt ihn.
engine-none = Der Connector läuft nicht: Niemand wird importiert, niemand kann sich anmelden.

unsaved-title = Ohne Speichern weiter?
unsaved-text = Was Sie hier geändert haben, ist noch nicht gespeichert.
unsaved-stay = Bleiben
unsaved-leave = Änderungen verwerfen
unsaved-bar = Es gibt Änderungen, die nicht gespeichert sind.
unsaved-undo = Rückgängig
number-missing = Geben Sie eine ganze Zahl ein.

pem-file = Aus einer Datei lesen…

help-ports = Ports
help-port = Vom Connector zu
help-why = Wofür
help-cloud-port = Cloud: 443, sonst 6061, sonst 80
help-cloud-why = Die Verbindung zur Cloud. Sie ist auf jedem Port mit TLS geschützt, auch auf 80, und kann über einen Proxy gehen.
help-ldaps-port = Verzeichnis: 636, oder 3269 für den globalen Katalog
help-ldaps-why = Personen lesen und Kennwörter prüfen, über LDAPS.
help-starttls-port = Verzeichnis: 389, oder 3268 für den globalen Katalog
help-starttls-why = Dasselbe mit StartTLS.
help-dns-port = DNS: 53
help-dns-why = Die Domänencontroller einer Domäne finden, wenn Sie keine Server nennen.
help-inbound = Nichts wartet im Netz auf Verbindungen: Ihre Firewall braucht keine Regel für eingehende.
help-rights = Rechte des Dienstkontos
help-right-read = Leserechte im Verzeichnis genügen. Nennen Sie das Konto als DN, als benutzer@domäne oder als DOMÄNE\benutzer.
help-right-deleted = Löschungen in Active Directory werden nur binnen Sekunden bemerkt, wenn es auch CN=Deleted Objects auflisten darf; sonst beim nächsten vollen Import.
help-right-own = Kennwörter liegen im Schlüsselbund des Kontos, das den Connector ausführt. Wechselt dieses Konto, geben Sie sie neu ein.
help-failures = Wenn etwas fehlschlägt
help-reach = Die Cloud oder ein Verzeichnis ist nicht erreichbar
help-reach-do = Starten Sie die Prüfungen unter Diagnose. Sie nennen den Schritt, der fehlschlägt: Name, Port, Zertifikat oder Konto. Vergleichen Sie den Port mit der Liste oben.
help-trust = Dem Zertifikat wird nicht vertraut
help-trust-do = Fügen Sie unter Verzeichnisse das CA-Zertifikat Ihrer Firma zur Verbindung hinzu. Vergleichen Sie vorher seinen Fingerabdruck mit dem, den Ihre PKI veröffentlicht.
help-credentials = Das Dienstkonto wird nicht angenommen
help-credentials-do = Setzen Sie unter Verzeichnisse sein neues Kennwort. Bis dahin wird niemand dieses Verzeichnisses importiert, und niemand kann sich anmelden; niemand wird deaktiviert.
help-held = Personen warten auf Freigabe
help-held-do = Ein Import würde mehr Personen deaktivieren, als die Grenzen in den Einstellungen erlauben. Sehen Sie die Liste unter Übersicht durch; deaktiviert wird erst nach Ihrer Freigabe.
help-lost = Die Datenbank ging verloren
help-lost-do = Niemand wird deaktiviert. Sehen Sie die Vorschau jeder Zuordnung an und importieren Sie sie dann.
program-name = inSync Connector
start-no-display = Hier gibt es keine Anzeige. Verwenden Sie die Befehlszeile: insync-connector.
start-no-window = Das Fenster lässt sich nicht zeigen: { $error }. Prüfen Sie, ob Ihr eigener Ordner beschreibbar ist, oder verwenden Sie die Befehlszeile: insync-connector.

## What stands around every screen: navigation, buttons, the question before the end.

app-name = inSync Connector

nav-label = Hauptnavigation
nav-overview = Übersicht
nav-setup = Einrichtung
nav-mappings = Zuordnungen
nav-accounts = Konten
nav-activity = Aktivität
nav-diagnostics = Diagnose
nav-settings = Einstellungen

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

pem-file = Aus einer Datei lesen…

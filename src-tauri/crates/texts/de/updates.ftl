## Updates of the program.

upd-title = Aktualisierungen
upd-offered = Version { $version } ist verfügbar.
upd-notes = Was ist neu
upd-install = Installieren
upd-again = Noch einmal versuchen
upd-available = Ihre Signatur wird vor der Installation geprüft; läuft sie nicht, kommt diese Version zurück.
upd-in-window = Sie wird im Wartungsfenster von selbst installiert, { $window }.
upd-downloading = Sie wird heruntergeladen.
upd-approved = Sie ist heruntergeladen und geprüft; gleich wird sie installiert.
upd-installing = Sie wird installiert.
upd-installed = Sie ist installiert: beenden Sie dieses Programm und starten Sie es neu.
upd-failed = Sie wurde nicht installiert; die bisherige Version läuft weiter.
upd-daily = Täglich nach Aktualisierungen sehen
upd-when = Aktualisierungen werden installiert
upd-ask = wenn ich es sage
upd-window = im Wartungsfenster, von selbst (mit dem Dienst)
upd-from = Von
upd-to = Bis
upd-url = Wo Aktualisierungen angeboten werden
upd-url-hint = Leer: von der registrierten Cloud.
upd-check = Jetzt nachsehen
upd-newest = Version { $version } ist die neueste ({ $at }).

## The wizard, and what was found on this computer.

wiz-steps = Schritte
wiz-welcome = Willkommen
wiz-cloud = Cloud
wiz-directory = Verzeichnis
wiz-credentials = Anmeldedaten
wiz-mapping = Zuordnung
wiz-preview = Vorschau
wiz-finish = Abschluss
wiz-done = Erledigt
wiz-fresh = Auf diesem Rechner gibt es noch keinen inSync Connector. Sechs kurze Schritte verbinden Ihr Verzeichnis mit inSync Cloud.
wiz-earlier = Hier wurde der Connector schon eingerichtet. Behalten wird: { $kept }.
wiz-legacy = Eine alte Konfiguration wurde gefunden ({ $file }). Übernommen werden kann: { $kept }.
wiz-version = Hier war vorher Version { $version }. Importe, Journal und Geheimnisse bleiben, wie sie sind.
wiz-service-runs = Der Dienst „{ $name }“ des früheren Connectors läuft.
wiz-service-there = Der Dienst „{ $name }“ des früheren Connectors ist noch installiert.
wiz-service-do = Zwei Connectoren dürfen nicht nebeneinander arbeiten. Beenden Sie ihn und stellen Sie seinen Start unter Dienste auf Deaktiviert, bevor Sie diesen registrieren; dieses Programm rührt ihn nicht an.
wiz-blank = Das Proxy-Kennwort aus der Datei nehmen
wiz-blank-hint = Sobald das Kennwort im Schlüsselbund liegt und daraus gelesen wurde, wird sein Wert in der Datei geleert. Sonst ändert sich nichts in der Datei; der frühere Connector kann den Proxy dann nicht mehr benutzen.
wiz-blanked = Das Kennwort liegt im Schlüsselbund und nicht mehr in der Datei.
wiz-not-blanked = Das Kennwort liegt im Schlüsselbund; es steht auch noch in der Datei.
wiz-draft = Ihre Eingaben bleiben erhalten, wenn Sie das Fenster schließen. Kennwörter und Schlüssel nicht.
wiz-see-preview = Starten Sie die Vorschau, um fortzufahren. Keine Zuordnung geht ungesehen in Betrieb.
wiz-take-over = Übernehmen
wiz-took-over = Übernommen. Ausgelassen: { $keys }.

fin-start = Connector starten
fin-by-hand = Nur wenn ich es starte
fin-logon = Wenn ich mich anmelde
fin-service = Der Dienst führt den Connector aus: Er startet mit dem Computer, niemand muss angemeldet sein.
fin-as-service = Soll er laufen, wenn niemand angemeldet ist, richten Sie ihn als Dienst ein: unter Windows im Setup, unter Linux mit sudo insync-connector service install. Ein Dienst hat einen eigenen Ordner und Schlüsselbund; Einstellungen kommen durch Export und Import dorthin.
fin-import = Erster Import
fin-now = Jetzt
fin-schedule = Nach Zeitplan
fin-summary = Zusammenfassung
fin-finish = Abschließen

kept-registration = Registrierung
kept-accounts = Konten
kept-mappings = Zuordnungen
kept-proxy_password = das Kennwort des Proxys
kept-nothing = nichts
kept-proxy = Proxy

instead-cloud = wird bei der Registrierung angegeben
instead-ports = 443, 6061 und 80 werden von selbst versucht
instead-certificates = wird bei der Registrierung oder beim Konto angegeben
instead-log = eine eigene Einstellung
instead-proxy = wird im nächsten Schritt oder in den Einstellungen genannt
instead-nothing = hat hier keine Bedeutung

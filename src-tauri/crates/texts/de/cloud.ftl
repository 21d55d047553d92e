## The way to the cloud, and registration.

cl-ca = CA-Zertifikat der Cloud (PEM)
cl-ca-hint = Nur wenn die Cloud oder ein Proxy auf dem Weg ein Zertifikat Ihres Unternehmens hat.
cl-place = Cloud
cl-public = Öffentliche Cloud
cl-gov = GovCloud
cl-other = Andere Adresse
cl-url = Adresse
cl-key = Registrierungsschlüssel
cl-key-hint = Aus der Konsole der Cloud. Jeder Schlüssel gilt einmal.
cl-key-empty = Geben Sie den Registrierungsschlüssel aus der Konsole der Cloud ein.
cl-token-empty = Geben Sie das Bearer-Token des Dienstes ein.
cl-replaces = Dieser Computer tritt an die Stelle des Connectors auf { $host } ({ $id }). Erzeugen Sie in der Konsole der Cloud den Schlüssel, der ihn ersetzt; er endet damit sofort.
cl-still = Der Connector auf { $host } ({ $id }) ist noch registriert, außer der Schlüssel wurde zum Ersetzen erzeugt. Entfernen Sie ihn in der Konsole der Cloud: Zwei Connectoren dürfen nicht nebeneinander arbeiten.
cl-network = Netzwerk
cl-ports = Der Reihe nach versuchte Ports: 443, 6061, 80.
cl-proxy = Proxy
cl-no-proxy = Kein Proxy
cl-host = Proxy-Host
cl-port = Proxy-Port
cl-user = Proxy-Benutzer
cl-pass = Proxy-Kennwort
cl-check = Verbindung prüfen
cl-registered = Registriert bei { $url }.
cl-scim = SCIM-2.0-Dienst
cl-scim-hint = Personen werden an jeden SCIM-2.0-Dienst geliefert; Anmeldungen und Massenverteilung brauchen die inSync Cloud.
cl-token = Bearer-Token

## Checks and the support bundle.

dia-run = Prüfungen starten
dia-bundle = Support-Paket erstellen
dia-bundle-hint = Es enthält Protokolle und Einstellungen, nie Kennwörter oder Schlüssel.
dia-saved = Gespeichert als { $path }.

check-resolve = Name
check-connect = Verbindung
check-tls = TLS
check-bind = Anmeldung des Kontos
check-root_dse = Art des Servers
check-base_dn = Basis-DN
check-sample_read = Personen lesen
check-paged_read = Personen seitenweise lesen
check-enabled_rule = Regel für aktive Personen
check-other_servers = Andere Server
check-keychain = Schlüsselbund
check-cloud_resolve = Name
check-cloud_connect = Verbindung
check-cloud_tls = TLS
check-cloud = Cloud
check-clock = Uhr

## Checks and the support bundle.

dia-run = Prüfungen starten
dia-bundle = Support-Paket erstellen
dia-bundle-hint = Das Paket enthält Protokolle und Einstellungen, nie Kennwörter oder Schlüssel.
dia-saved = Gespeichert als { $path }.
dia-computer = Dieser Computer
dia-directory = Verzeichnis
dia-cloud = Cloud
dia-program = Programm
dia-version = inSync Connector { $version }
dia-runs = Läuft
dia-runs-window = In diesem Fenster
dia-runs-service = Als Dienst
dia-runs-none = Nichts läuft
dia-home = Ablage
dia-secrets = Geheimnisse
dia-not-yet = Noch nicht geprüft. Starten Sie die Prüfungen.
dia-running = Die Prüfungen laufen
dia-result =
    { $failed ->
        [0] Alle { $n } Schritte sind bestanden oder waren nicht nötig.
        [one] { $failed } von { $n } Schritten ist fehlgeschlagen.
       *[other] { $failed } von { $n } Schritten sind fehlgeschlagen.
    }
dia-took = Geprüft { $at }, in { $n } ms
dia-copy = Bericht kopieren
dia-copied = Der Bericht ist in der Zwischenablage.
dia-support = Support

check-settings = Einstellungen
check-storage = Speichern
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
check-identity = Registrierung
check-proxy = Proxy
check-secrets = Geheimnisse
check-cloud_tls = TLS
check-cloud = Cloud
check-clock = Uhr

## What a step found, or why it was not tried.
found-writable = Der Connector kann speichern, was er erfährt.
found-resolved = { $addresses }
found-proxy_resolves = Der Proxy löst den Namen auf.
found-connected = Verbunden.
found-connected_through_proxy = Verbunden über den Proxy { $proxy }.
found-connected_through_named_proxy = Verbunden über den Proxy { $proxy }, den { $variable } bei der Registrierung nannte.
found-proxy_not_used = { $variable } nennt den Proxy { $proxy }, der nicht verwendet wird. Soll er verwendet werden, tragen Sie ihn in den Einstellungen ein.
found-tls_off = Für dieses Konto ausgeschaltet: Kennwörter sind im Netzwerk lesbar.
found-certificate_verified = Zertifikat geprüft, ausgestellt von { $issuer }.
found-tls_agreed = TLS { $version }, Zertifikat geprüft.
found-bound = Angemeldet als { $name }.
found-bound_in_grace = Angemeldet als { $name }. Das Kennwort ist abgelaufen; { $left ->
    [one] { $left } Anmeldung bleibt
   *[other] { $left } Anmeldungen bleiben
 }.
    .action = Lassen Sie es im Verzeichnis ändern, und geben Sie es danach auch hier ein.
found-server = { $server ->
    [active_directory] { kind-active_directory }
    [samba_ad] { kind-samba_ad }
    [open_ldap] { kind-open_ldap }
    [ds389] { kind-ds389 }
    [ldap] { kind-ldap }
   *[auto] { kind-auto }
 }; Basis-DNs: { $bases }.
found-base_exists = Vorhanden.
found-people_readable = Personen sind lesbar.
found-pages_readable = Personen sind seitenweise lesbar.
found-everybody_at_once = Der Server sendet alle auf einmal.
found-rule_decides = { $rule } ist entscheidbar.
found-other_servers = Ein Teil des Verzeichnisses liegt auf einem anderen Server und wird nicht gelesen: { $servers }.
    .action = Legen Sie für jeden dieser Server ein Konto und eine Zuordnung an, oder verwenden Sie den globalen Katalog (Port 3269).
found-cloud_answers = { $product } antwortet.
found-scim_in_bulk = Ein SCIM-2.0-Dienst antwortet und nimmt das Token an. Personen werden gebündelt gesendet.
found-scim_one_by_one = Ein SCIM-2.0-Dienst antwortet und nimmt das Token an. Personen werden einzeln gesendet.
found-clocks_differ = Die Uhren weichen um { $seconds } s voneinander ab.
found-no_time = Der Dienst sendet keine Uhrzeit.
found-earlier_failed = Ausgelassen, weil ein früherer Schritt fehlgeschlagen ist.
found-not_trusted = Ausgelassen, bis dem Server vertraut wird.
found-only_after_bind = Erst bekannt, nachdem sich das Bind-Konto angemeldet hat.
found-no_account = Es gibt noch kein Konto.
found-not_registered = Noch nicht bei einer Cloud registriert.

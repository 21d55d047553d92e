## The command line: accounts, mappings, settings, registration, service, updates.

cli-account-added = Konto „{ $name }“ hinzugefügt: { $kind }, { $servers }.
cli-account-removed = Konto „{ $name }“ ist mitsamt Kennwort entfernt.
cli-account-password = Das neue Kennwort von „{ $name }“ gilt und ist gespeichert.
cli-account-plain = Warnung: Ohne TLS geht jedes Kennwort einer Anmeldung lesbar durch das Netz.
cli-account-label-name = Name
cli-account-label-kind = Art
cli-account-label-servers = Server
cli-account-label-security = Sicherheit
cli-account-label-ca = Firmen-CA
cli-account-label-bind-name = Bind-Name
cli-account-label-password = Kennwort
cli-account-label-attributes = Attribute
cli-account-ca-system = keine: Die des Systems gelten
cli-account-password-missing = fehlt: mit set-password eingeben
cli-account-password-kept = im Schlüsselbund
cli-account-attributes-usual = wie üblich für diese Art
cli-account-controllers = Domänencontroller von { $domain }

cli-cert-label-is = ist
cli-cert-label-subject = Inhaber
cli-cert-label-issuer = Aussteller
cli-cert-label-names = Namen
cli-cert-label-valid-from = gültig von
cli-cert-label-valid-until = gültig bis
cli-cert-label-sha256 = SHA-256
cli-cert-authority = eine Zertifizierungsstelle
cli-cert-server = der Server
cli-cert-trusted = Vertrauenswürdig.
cli-cert-untrusted = Nicht vertrauenswürdig: { $error } ({ $code })
cli-cert-kept = { $subject } liegt in { $file }. Vergleichen Sie den SHA-256 mit dem, was die Verwalter Ihrer CA nennen, dann: account add … --ca { $file }
cli-cert-compare = Vergleichen Sie den SHA-256 von { $subject } mit dem, was die Verwalter Ihrer CA nennen, und behalten Sie sie dann: --save company-ca.pem
cli-cert-no-authority = Der Server zeigt das Zertifikat seiner CA nicht. Lassen Sie es sich von den Verwaltern der CA geben; auf einer Windows-CA: certutil -ca.cert company-ca.cer

cli-mapping-unchecked = Was sie nennt, ist nicht geprüft, denn das Verzeichnis war nicht erreichbar: { $error } Jeder Import prüft es.
cli-mapping-stored = Die Zuordnung „{ $name }“ ist gespeichert. Was sie tun würde: insync-connector preview { WORD($name) }
cli-mapping-removed = Zuordnung „{ $name }“ entfernt. Ihre Personen bleiben in der Cloud, wie sie sind. Deaktivieren (Daten bleiben erhalten): insync-connector mapping remove --deactivate { WORD($name) }
cli-mapping-rejected = Die Zuordnung „{ $name }“ aus der Cloud ist verworfen.
cli-mapping-no-proposals = Keine Zuordnung aus der Cloud wartet auf eine Freigabe.
cli-mapping-proposal-unseen = „{ $name }“ kam aus der Cloud und bewirkt noch nichts. Ansehen: insync-connector preview --proposed { WORD($name) }
cli-mapping-proposal-seen = „{ $name }“ kam aus der Cloud und bewirkt noch nichts. Freigeben: insync-connector mapping approve { WORD($name) } { $hash }
cli-left-waits = Personen der entfernten Zuordnung „{ $mapping }“, die deaktiviert würden (Daten bleiben erhalten): { $people }. Wenn das stimmt: insync-connector mapping remove --deactivate --approve { $list } { WORD($mapping) }
cli-removal-waits = Nichts wurde geändert. Personen der Zuordnung „{ $mapping }“, die deaktiviert würden (Daten bleiben erhalten), wenn sie entfernt wird: { $people }. Wenn das stimmt: insync-connector mapping remove --deactivate --approve { $list } { WORD($mapping) }
cli-left-more = … und { $n } weitere
cli-left-deactivated = Personen der entfernten Zuordnung „{ $mapping }“: { $done } deaktiviert (Daten bleiben erhalten), { $refused } von der Cloud abgelehnt.
cli-mapping-people =
    { $n ->
        [one] { $n } Person
       *[other] { $n } Personen
    }
cli-mapping-people-at-least =
    { $n ->
        [one] mindestens { $n } Person
       *[other] mindestens { $n } Personen
    }
cli-mapping-everybody = alle unter dem Base-DN
cli-mapping-units =
    { $n ->
        [one] { $n } OU
       *[other] { $n } OUs
    }
cli-mapping-not-units =
    { $n ->
        [one] ohne { $n } OU
       *[other] ohne { $n } OUs
    }
cli-mapping-not-groups =
    { $n ->
        [one] ohne { $n } Gruppe
       *[other] ohne { $n } Gruppen
    }
cli-mapping-added =
    { $n ->
        [one] { $n } Person hinzugenommen
       *[other] { $n } Personen hinzugenommen
    }
cli-mapping-left-out =
    { $n ->
        [one] { $n } Person ausgelassen
       *[other] { $n } Personen ausgelassen
    }
cli-mapping-groups =
    { $n ->
        [one] { $n } Gruppe
       *[other] { $n } Gruppen
    }

cli-proxy-from = { $proxy } (genannt von { $variable })
cli-proxy-named = Über den Proxy { $proxy }, den { $variable } nennt. Mit --no-proxy geht es ohne ihn.
cli-settings-proxy-next = { $proxy }, sobald registriert
cli-settings-url-cloud = die der Cloud

cli-register-cloud = Registriert bei { $url } für { $tenant } als { $id }.
cli-register-scim = Personen werden an { $url } geliefert.
cli-register-still = Der Connector auf { $host } ({ $id }) ist noch registriert, außer der Schlüssel wurde zum Ersetzen erzeugt: Entfernen Sie ihn in der Konsole der Cloud, zwei Connectoren dürfen nicht nebeneinander arbeiten.
cli-token-changed = { $url } nimmt das neue Token an.
cli-unregistered = Der Connector hat die Cloud verlassen; die Personen bleiben dort, wie sie sind.
cli-purged = Der Connector hat die Cloud verlassen und kennt kein Geheimnis mehr.

cli-service-missing = nicht installiert
cli-service = installiert, { $runs }, { $starts }
cli-service-as = installiert, { $runs }, { $starts }, als { $account }
cli-service-left = Einstellungen und Geheimnisse bleiben, und was sie schützt, auch: { $left }. Wenn Sie sie nicht brauchen, löschen Sie sie selbst.
cli-service-running = läuft
cli-service-stopped = angehalten
cli-service-starts = startet mit dem Rechner
cli-service-does-not-start = startet nicht von selbst

cli-update-installed = installiert { $version }
cli-update-unknown = nicht bekannt, ob es eine neuere Version gibt: { $message } { $action }
cli-update-newest = keine neuere Version angeboten
cli-update-not-looked = noch nicht nachgesehen
cli-update-offered = angeboten  { $version }: { $how }
cli-update-window = wird im Wartungsfenster von selbst installiert, { $window }
cli-update-available = installieren mit: insync-connector update install
cli-update-downloading = wird heruntergeladen
cli-update-approved = heruntergeladen und geprüft; gleich wird sie installiert
cli-update-installing = wird installiert
cli-update-replaced = installiert; dieses Programm ist noch das davor
cli-update-failed = nicht installiert; die bisherige Version läuft weiter
cli-update-done = Version { $version } ist installiert.

## The command line: state, and what is taken over from a former connector or another computer.

cli-status-counts = Konten { $accounts }, Zuordnungen { $mappings }, Personen in der Cloud { $people }
cli-status-sign-ins = Anmeldungen in der letzten Minute { $n }, 95 % innerhalb von { $ms } ms
cli-status-import = letzter Import von „{ $mapping }“: { $read } gelesen; { $counts }; { $how }
cli-status-next = nächster Import: { $next_import_ms }
cli-status-following = Änderungen von „{ $mapping }“: { $how }
cli-status-not-following = Änderungen von „{ $mapping }“: { $how }, zurzeit nicht: { $error }
cli-status-syncrepl = sobald sie geschehen (syncrepl)
cli-status-persistent_search = sobald sie geschehen (Persistent Search)
cli-status-usn_changed = alle paar Sekunden (uSNChanged)
cli-status-modify_timestamp = einige Male in der Minute (modifyTimestamp; Löschungen beim nächsten Import)
cli-status-proposed = von der Cloud geschickt: „{ $mapping }“; ansehen mit: insync-connector preview --proposed { WORD($mapping) }
cli-status-elsewhere = Import von „{ $mapping }“: durch den Connector auf { $host }
cli-status-left-behind = entfernte Zuordnung „{ $mapping }“: in der Cloud noch aktive Personen: { $people }. Importieren Sie sie mit einer anderen Zuordnung, oder: insync-connector mapping remove --deactivate { WORD($mapping) }
cli-status-password = Kennwort von „{ $account }“ fehlt: insync-connector account set-password { WORD($account) }
cli-status-proxy = Proxy: { $proxy }
cli-status-last = Was er zuletzt sagte, um { $time }:
cli-status-update = Version { $version } wird angeboten: siehe insync-connector update status
cli-status-alert = Warnung: { $message } { $action }

cli-migrate-no-proxy = Kein Proxy war eingestellt.
cli-migrate-proxy = Proxy { $proxy } aus { $file } übernommen.
cli-migrate-blanked = Sein Kennwort liegt jetzt im Schlüsselbund und nicht mehr in der Datei.
cli-migrate-kept = Sein Kennwort liegt jetzt im Schlüsselbund und noch in der Datei: --blank-password nimmt es heraus.
cli-migrate-left-out = Ausgelassen: { $key } ({ $instead }).
cli-migrate-service-runs = Der Dienst „{ $name }“ des früheren Connectors läuft noch. Beenden und deaktivieren Sie ihn, bevor Sie registrieren: Zwei Connectoren dürfen nicht nebeneinander arbeiten.
cli-migrate-service-there = Der Dienst „{ $name }“ des früheren Connectors ist noch installiert. Deaktivieren Sie ihn, bevor Sie registrieren: Zwei Connectoren dürfen nicht nebeneinander arbeiten.
cli-instead-cloud = die Adresse der Cloud wird bei der Registrierung angegeben
cli-instead-ports = 443, 6061 und 80 werden von selbst versucht
cli-instead-certificates = eine Firmen-CA wird bei der Registrierung oder beim Konto angegeben
cli-instead-log = einstellen mit: settings set log_level=…
cli-instead-proxy = ein Proxy wird bei der Registrierung genannt oder mit: settings proxy http://HOST:PORT
cli-instead-nothing = hat hier keine Bedeutung

cli-move-written = Geschrieben nach { $file }, ohne Kennwörter und Schlüssel. Auf dem anderen Rechner: insync-connector settings import FILE
cli-move-done = Übernommen von { $host }: Konten { $accounts }, Zuordnungen { $mappings }.
cli-move-left = Was hier noch zu tun ist:
cli-move-password = Ein Kennwort eingeben: insync-connector account set-password { WORD($name) }
cli-move-preview = Ansehen, was jede Zuordnung hier tut, und sie importieren: insync-connector preview, dann sync NAME. Bis dahin wird keine von selbst importiert.
cli-move-register-anywhere = Bei Ihrer Cloud registrieren.
cli-move-replace = An seiner Stelle registrieren: in der Konsole der Cloud einen Schlüssel erzeugen, der den Connector auf { $host } ({ $id }) ersetzt, dann: { $command }
cli-move-replace-ends = Damit endet der Connector auf { $host } sofort.
cli-move-scim = Von hier liefern: { $command }
cli-move-scim-first = Zuerst den anderen Connector abmelden.
cli-move-register = Registrieren: { $command }

## The command line: state, and what is taken over from a former connector or another computer.

cli-status-counts = accounts { $accounts }, mappings { $mappings }, people in the cloud { $people }
cli-status-sign-ins = sign-ins in the last minute { $n }, 95 % within { $ms } ms
cli-status-import = last import of "{ $mapping }": { $read } read, { $acknowledged } acknowledged, { $how }
cli-status-following = changes of "{ $mapping }": { $how }
cli-status-not-following = changes of "{ $mapping }": { $how }, not at the moment: { $error }
cli-status-syncrepl = as they happen (syncrepl)
cli-status-persistent_search = as they happen (persistent search)
cli-status-usn_changed = every few seconds (uSNChanged)
cli-status-modify_timestamp = a few times a minute (modifyTimestamp; deletions at the next import)
cli-status-elsewhere = import of "{ $mapping }": by the connector on { $host }
cli-status-password = password of "{ $account }" missing: insync-connector account set-password "{ $account }"
cli-status-update = version { $version } is offered: see insync-connector update status
cli-status-alert = alert: { $message } { $action }

cli-migrate-no-proxy = No proxy was set.
cli-migrate-proxy = Proxy { $proxy } of { $file } taken over.
cli-migrate-blanked = Its password is in the keychain now, and no longer in the file.
cli-migrate-kept = Its password is in the keychain now, and still in the file: --blank-password takes it out.
cli-migrate-left-out = Left out: { $key } ({ $instead }).
cli-migrate-service-runs = The former connector's service "{ $name }" still runs. Stop and disable it before you register: two connectors must not work side by side.
cli-migrate-service-there = The former connector's service "{ $name }" is still installed. Disable it before you register: two connectors must not work side by side.
cli-instead-cloud = the cloud's address is given at registration
cli-instead-ports = 443, 6061 and 80 are tried automatically
cli-instead-certificates = a company CA is given at registration, or with an account
cli-instead-log = set it with: settings set log_level=…
cli-instead-proxy = name a proxy at registration, or with: settings proxy
cli-instead-nothing = it has no meaning here

cli-move-written = Written to { $file }, without passwords and keys. On the other computer: insync-connector settings import FILE
cli-move-done = Taken over from { $host }: accounts { $accounts }, mappings { $mappings }.
cli-move-left = What is left to do here:
cli-move-password = Enter a password: insync-connector account set-password "{ $name }"
cli-move-preview = See what each mapping does here and import it: insync-connector preview, then sync NAME. Until then none of them is imported by itself.
cli-move-register-anywhere = Register with your cloud.
cli-move-replace = Register in its place: in the cloud's console make a key that replaces the connector on { $host } ({ $id }), then: { $command }
cli-move-replace-ends = That ends the connector on { $host } at once.
cli-move-scim = Deliver from here: { $command }
cli-move-scim-first = Unregister the other connector first.
cli-move-register = Register: { $command }

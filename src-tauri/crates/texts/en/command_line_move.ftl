## The command line: state, and what is taken over from a former connector or another computer.

cli-status-counts = accounts { $accounts }, mappings { $mappings }, people in the cloud { $people }
cli-status-sign-ins = sign-ins in the last minute { $n }, 95 % within { $ms } ms
cli-status-import = last import of "{ $mapping }": { $read } read; { $counts }; { $how }
cli-status-next = next import: { $next_import_ms }
cli-status-following = changes of "{ $mapping }": { $how }
cli-status-not-following = changes of "{ $mapping }": { $how }, but not at the moment: { $error }
cli-status-syncrepl = as they happen (syncrepl)
cli-status-persistent_search = as they happen (persistent search)
cli-status-usn_changed = every few seconds (uSNChanged)
cli-status-modify_timestamp = a few times a minute (modifyTimestamp; deletions at the next import)
cli-status-proposed = sent by the cloud: "{ $mapping }"; to look at it, run: insync-connector preview --proposed { WORD($mapping) }
cli-status-elsewhere = import of "{ $mapping }": by the connector on { $host }
cli-status-left-behind = removed mapping "{ $mapping }": people still active in the cloud: { $people }. Import them by another mapping, or run: insync-connector mapping remove --deactivate { WORD($mapping) }
cli-status-password = password of "{ $account }" is missing; enter it with: insync-connector account set-password { WORD($account) }
cli-status-proxy = proxy: { $proxy }
cli-status-last = What it said last, at { $time }:
cli-status-update = version { $version } is available; see: insync-connector update status
cli-status-alert = alert: { $message } { $action }

cli-migrate-no-proxy = The file has no proxy.
cli-migrate-proxy = Took over the proxy { $proxy } from { $file }.
cli-migrate-blanked = Its password is now in the keychain and no longer in the file.
cli-migrate-kept = Its password is now in the keychain, but also still in the file. To delete it from the file, use --blank-password.
cli-migrate-left-out = Not taken over: { $key } ({ $instead }).
cli-migrate-service-runs = The legacy connector's service "{ $name }" is still running. Stop and disable it before you register: two connectors must not run side by side.
cli-migrate-service-there = The legacy connector's service "{ $name }" is still installed. Disable it before you register: two connectors must not run side by side.
cli-instead-cloud = the cloud's address is given at registration
cli-instead-ports = 443, 6061 and 80 are tried automatically
cli-instead-certificates = a company CA is given at registration, or with an account
cli-instead-log = set it with: settings set log_level=…
cli-instead-proxy = set a proxy at registration, or with: settings proxy http://HOST:PORT
cli-instead-nothing = not used here

cli-move-written = Saved as { $file }, without passwords and keys. On the other computer, run: insync-connector settings import FILE
cli-move-done = Settings imported from { $host }: accounts { $accounts }, mappings { $mappings }.
cli-move-left = Left to do on this computer:
cli-move-password = Enter the password: insync-connector account set-password { WORD($name) }
cli-move-preview = Look at what each mapping does here and import it: insync-connector preview, then sync NAME. Until then, no mapping is imported automatically.
cli-move-register-anywhere = Register with your cloud.
cli-move-replace = Register in its place: in the cloud's console, create a key that replaces the connector on { $host } ({ $id }), then run: { $command }
cli-move-replace-ends = This ends the connector on { $host } immediately.
cli-move-scim = Deliver from here: { $command }
cli-move-scim-first = Unregister the other connector first.
cli-move-register = Register: { $command }

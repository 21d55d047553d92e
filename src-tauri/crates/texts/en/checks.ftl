## Checks and the support bundle.

dia-run = Run the checks
dia-bundle = Create a support bundle
dia-bundle-hint = It contains logs and settings, but no passwords or keys.
dia-saved = Saved as { $path }.

check-resolve = Name
check-connect = Connection
check-tls = TLS
check-bind = Sign-in of the bind account
check-root_dse = Kind of server
check-base_dn = Base DN
check-sample_read = Reading people
check-paged_read = Reading page by page
check-enabled_rule = Rule for enabled people
check-other_servers = Other servers
check-keychain = Keychain
check-cloud_resolve = Name
check-cloud_connect = Connection
check-cloud_tls = TLS
check-cloud = Cloud
check-clock = Clock

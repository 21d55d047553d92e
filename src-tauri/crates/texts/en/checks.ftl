## Checks and the support bundle.

dia-run = Run the checks
dia-bundle = Create a support bundle
dia-bundle-hint = The bundle contains logs and settings, but no passwords or keys.
dia-saved = Saved as { $path }.
dia-computer = This computer
dia-directory = Directory
dia-cloud = Cloud
dia-program = Program
dia-version = inSync Connector { $version }
dia-runs = Runs
dia-runs-window = In this window
dia-runs-service = As a service
dia-runs-none = Nothing runs
dia-home = Home
dia-secrets = Secrets
dia-not-yet = Not checked yet. Run the checks.
dia-running = The checks are running
dia-result =
    { $failed ->
        [0] All { $n } steps passed or were not needed.
        [one] { $failed } of { $n } steps failed.
       *[other] { $failed } of { $n } steps failed.
    }
dia-took = Checked { $at }, in { $n } ms
dia-copy = Copy the report
dia-copied = The report is in the clipboard.
dia-support = Support

check-settings = Settings
check-storage = Storage
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
check-identity = Registration
check-proxy = Proxy
check-secrets = Secrets
check-cloud_tls = TLS
check-cloud = Cloud
check-clock = Clock

## What a step found, or why it was not tried.
found-writable = The connector can store what it learns.
found-resolved = { $addresses }
found-proxy_resolves = The proxy resolves the name.
found-connected = Connected.
found-connected_through_proxy = Connected through the proxy { $proxy }.
found-connected_through_named_proxy = Connected through the proxy { $proxy }, which { $variable } named at registration.
found-proxy_not_used = { $variable } names the proxy { $proxy }, which is not used. To use it, set it in the settings.
found-tls_off = Turned off for this account: passwords can be read on the network.
found-certificate_verified = Certificate verified, issued by { $issuer }.
found-tls_agreed = TLS { $version }, certificate verified.
found-bound = Bound as { $name }.
found-bound_in_grace = Bound as { $name }. The password has expired; { $left ->
    [one] { $left } sign-in is left
   *[other] { $left } sign-ins are left
 }.
    .action = Have it changed in the directory, and enter it here as well.
found-server = { $server ->
    [active_directory] { kind-active_directory }
    [samba_ad] { kind-samba_ad }
    [open_ldap] { kind-open_ldap }
    [ds389] { kind-ds389 }
    [ldap] { kind-ldap }
   *[auto] { kind-auto }
 }; base DNs: { $bases }.
found-base_exists = Exists.
found-people_readable = People can be read.
found-pages_readable = People can be read page by page.
found-everybody_at_once = The server sends everybody at once.
found-rule_decides = { $rule } can be decided.
found-other_servers = Part of the directory is on another server, and is not read: { $servers }.
    .action = Add an account and a mapping for each of these servers, or use the global catalog (port 3269).
found-cloud_answers = { $product } answers.
found-scim_in_bulk = A SCIM 2.0 service answers and accepts the token. People are sent in bulk.
found-scim_one_by_one = A SCIM 2.0 service answers and accepts the token. People are sent one by one.
found-clocks_differ = The clocks differ by { $seconds } s.
found-no_time = The service does not send the time.
found-earlier_failed = Skipped because a previous step failed.
found-not_trusted = Skipped until the server is trusted.
found-only_after_bind = Known only after the bind account has signed in.
found-no_account = There is no account yet.
found-not_registered = Not registered with a cloud yet.

## The command line: accounts, mappings, settings, registration, service, updates.

cli-account-added = Account "{ $name }" added: { $kind }, { $servers }.
cli-account-removed = Removed account "{ $name }" and its password.
cli-account-password = The new password of "{ $name }" works and is in the keychain.
cli-account-plain = warning: without TLS, every password of a sign-in can be read on the network.
cli-account-label-name = name
cli-account-label-kind = kind
cli-account-label-servers = servers
cli-account-label-security = security
cli-account-label-ca = company CA
cli-account-label-bind-name = bind name
cli-account-label-password = password
cli-account-label-attributes = attributes
cli-account-ca-system = none; the system's CAs are trusted
cli-account-password-missing = missing; enter it with account set-password
cli-account-password-kept = in the keychain
cli-account-attributes-usual = the usual ones for this kind
cli-account-controllers = domain controllers of { $domain }

cli-cert-label-is = is
cli-cert-label-subject = subject
cli-cert-label-issuer = issuer
cli-cert-label-names = names
cli-cert-label-valid-from = valid from
cli-cert-label-valid-until = valid until
cli-cert-label-sha256 = SHA-256
cli-cert-authority = a certification authority
cli-cert-server = the server
cli-cert-trusted = Trusted.
cli-cert-untrusted = Not trusted: { $error } ({ $code })
cli-cert-kept = { $subject } is saved as { $file }. Compare its SHA-256 with your CA's administrators, then run: account add … --ca { $file }
cli-cert-compare = Compare the SHA-256 of { $subject } with your CA's administrators, then save it with: --save company-ca.pem
cli-cert-no-authority = The server does not show the certificate of its CA. Ask your CA's administrators for it; on a Windows CA: certutil -ca.cert company-ca.cer

cli-mapping-unchecked = What it names was not checked, because the directory could not be reached: { $error } Each import checks it.
cli-mapping-stored = Mapping "{ $name }" is stored. To see what it would do, run: insync-connector preview { WORD($name) }
cli-mapping-removed = Removed mapping "{ $name }". Its people in the cloud stay as they are. To deactivate them (data preserved), run: insync-connector mapping remove --deactivate { WORD($name) }
cli-mapping-rejected = The mapping "{ $name }" of the cloud is forgotten.
cli-mapping-no-proposals = No mapping of the cloud waits for an approval.
cli-mapping-proposal-unseen = "{ $name }" was sent by the cloud and does nothing yet. Look at it: insync-connector preview --proposed { WORD($name) }
cli-mapping-proposal-seen = "{ $name }" was sent by the cloud and does nothing yet. Approve it: insync-connector mapping approve { WORD($name) } { $hash }
cli-left-waits = People of the removed mapping "{ $mapping }" who would be deactivated (data preserved): { $people }. If that is right, run: insync-connector mapping remove --deactivate --approve { $list } { WORD($mapping) }
cli-removal-waits = Nothing was changed. People of the mapping "{ $mapping }" who would be deactivated (data preserved) when it is removed: { $people }. If that is right, run: insync-connector mapping remove --deactivate --approve { $list } { WORD($mapping) }
cli-left-more = … and { $n } more
cli-left-deactivated = People of the removed mapping "{ $mapping }": { $done } deactivated (data preserved), { $refused } refused by the cloud.
cli-mapping-people =
    { $n ->
        [one] { $n } person
       *[other] { $n } people
    }
cli-mapping-people-at-least =
    { $n ->
        [one] at least { $n } person
       *[other] at least { $n } people
    }
cli-mapping-everybody = everybody below the base DN
cli-mapping-units =
    { $n ->
        [one] { $n } OU
       *[other] { $n } OUs
    }
cli-mapping-not-units =
    { $n ->
        [one] without { $n } OU
       *[other] without { $n } OUs
    }
cli-mapping-not-groups =
    { $n ->
        [one] without { $n } group
       *[other] without { $n } groups
    }
cli-mapping-added =
    { $n ->
        [one] { $n } person added
       *[other] { $n } people added
    }
cli-mapping-left-out =
    { $n ->
        [one] { $n } person left out
       *[other] { $n } people left out
    }
cli-mapping-groups =
    { $n ->
        [one] { $n } group
       *[other] { $n } groups
    }

cli-proxy-from = { $proxy } (named by { $variable })
cli-proxy-named = Through the proxy { $proxy }, which { $variable } names. --no-proxy goes without it.
cli-settings-proxy-next = { $proxy }, once registered
cli-settings-url-cloud = the cloud's

cli-register-cloud = Registered with { $url } for { $tenant } as { $id }.
cli-register-scim = People are delivered to { $url }.
cli-register-still = The connector on { $host } ({ $id }) is still registered, unless the key was created to replace it. Remove it in the cloud's console: two connectors must not run side by side.
cli-token-changed = { $url } takes the new token.
cli-unregistered = The connector has left the cloud. People in the cloud stay as they are.
cli-purged = The connector has left the cloud, and its secrets are deleted.

cli-service-missing = not installed
cli-service = installed, { $runs }, { $starts }
cli-service-as = installed, { $runs }, { $starts }, as { $account }
cli-service-left = Settings and secrets stay, and so does what protects them: { $left }. If you do not need them, delete them yourself.
cli-service-running = running
cli-service-stopped = stopped
cli-service-starts = starts with the computer
cli-service-does-not-start = does not start automatically

cli-update-installed = installed { $version }
cli-update-unknown = could not check for updates: { $message } { $action }
cli-update-newest = up to date
cli-update-not-looked = not checked yet
cli-update-offered = available { $version }: { $how }
cli-update-window = will be installed in the maintenance window, { $window }
cli-update-available = to install it, run: insync-connector update install
cli-update-downloading = downloading
cli-update-approved = downloaded and checked; the installation starts in a moment
cli-update-installing = being installed
cli-update-replaced = installed; this program is still the previous version
cli-update-failed = not installed; the current version keeps running
cli-update-done = Version { $version } is installed.

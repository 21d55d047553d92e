## The command line: accounts, mappings, settings, registration, service, updates.

cli-account-added = Account "{ $name }" added: { $kind }, { $servers }.
cli-account-removed = Account "{ $name }" and its password are removed.
cli-account-password = The new password of "{ $name }" works and is kept.
cli-account-plain = warning: without TLS every password of a sign-in crosses the network readable.
cli-account-label-name = name
cli-account-label-kind = kind
cli-account-label-servers = servers
cli-account-label-security = security
cli-account-label-ca = company CA
cli-account-label-bind-name = bind name
cli-account-label-password = password
cli-account-label-attributes = attributes
cli-account-ca-system = none: the system's are trusted
cli-account-password-missing = missing: enter it with set-password
cli-account-password-kept = in the keychain
cli-account-attributes-usual = as usual for this kind
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
cli-cert-kept = { $subject } is kept in { $file }. Compare its SHA-256 with what your CA's administrators say, then: account add … --ca { $file }
cli-cert-compare = Compare the SHA-256 of { $subject } with what your CA's administrators say, then keep it: --save company-ca.pem
cli-cert-no-authority = The server does not show the certificate of its CA. Ask your CA's administrators for it; on a Windows CA: certutil -ca.cert company-ca.cer, then certutil -encode.

cli-mapping-stored = Mapping "{ $name }" is stored. See what it would do: insync-connector preview "{ $name }"
cli-mapping-removed = Mapping "{ $name }" is removed; its people stay in the cloud as they are.
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
cli-mapping-everybody = everybody below the base
cli-mapping-units =
    { $n ->
        [one] { $n } OU
       *[other] { $n } OUs
    }
cli-mapping-groups =
    { $n ->
        [one] { $n } group
       *[other] { $n } groups
    }

cli-settings-proxy-next = { $proxy }, once registered
cli-settings-url-cloud = the cloud's

cli-register-cloud = Registered with { $url } for { $tenant } as { $id }.
cli-register-scim = People are delivered to { $url }.
cli-register-still = The connector on { $host } ({ $id }) is still registered unless the key was made by Replace: remove it in the cloud's console, two connectors must not work side by side.
cli-unregistered = The connector has left the cloud; people stay there as they are.
cli-purged = The connector has left the cloud and knows no secret any more.

cli-service-missing = not installed
cli-service = installed, { $runs }, { $starts }
cli-service-as = installed, { $runs }, { $starts }, as { $account }
cli-service-running = running
cli-service-stopped = stopped
cli-service-starts = starts with the machine
cli-service-does-not-start = does not start by itself

cli-update-installed = installed { $version }
cli-update-unknown = not known whether there is a later version: { $message } { $action }
cli-update-newest = no later version is offered
cli-update-not-looked = not looked for yet
cli-update-offered = offered   { $version }: { $how }
cli-update-window = installed by itself in the maintenance window, { $window }
cli-update-available = install it with: insync-connector update install
cli-update-downloading = on its way here
cli-update-approved = downloaded and checked; it is installed in a moment
cli-update-installing = being installed
cli-update-replaced = installed; this program is still the one before it
cli-update-failed = not installed; the current version keeps running
cli-update-done = Version { $version } is installed.

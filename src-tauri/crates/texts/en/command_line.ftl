## What the command line prints for people. Programs get JSON; the help texts are in English.

cli-error = error: { $message }
cli-to-do = what to do: { $action }
cli-in-english = in English: { $message }
cli-prompt-password = Password
cli-prompt-proxy-password = Proxy password
cli-prompt-token = Token
cli-prompt-registration-key = Registration key
cli-nothing-found = Nothing found.
cli-none = none
cli-not-written = The answer cannot be written: { $reason }.
cli-written = Saved as { $file }.

# The first line of a table.
col-about = about
col-account = account
col-acknowledged = acknowledged
col-base_dn = base dn
col-bind_name = bind name
col-dn = dn
col-email = e-mail
col-kind = kind
col-mapping = mapping
col-members = members
col-more = more
col-name = name
col-place = #
col-plan = plan
col-read = read
col-refused = refused
col-result = result
col-scope = scope
col-security = security
col-servers = servers
col-run = import
col-time = time
col-took = took
col-user_name = user name
col-what = what happened

cli-mark-pass = pass
cli-mark-fail = FAIL
cli-mark-skip = skip
cli-checked = { $passed } passed, { $failed } failed, { $skipped } skipped

cli-progress-reading = { $mapping }: { $read } read
cli-progress-sending = { $mapping }: { $read } read, { $acknowledged } of { $total } acknowledged
cli-progress-planned = people planned: { $n }

cli-explain-import = Import { $at_ms }, "{ $mapping }" { $run }: { $did }
cli-preview = Mapping "{ $mapping }": { $counts }
cli-preview-incomplete = The directory was not read completely: { $error } People who were not read stay unchanged.
cli-preview-note = Note: { $finding }
cli-approve-deactivate =
    { $people ->
        [one] { $people } person of "{ $mapping }" would be deactivated (data preserved), and waits for your approval. If the list is right, run: insync-connector sync --approve { $hash } { WORD($mapping) }
       *[other] { $people } people of "{ $mapping }" would be deactivated (data preserved), and wait for your approval. If the list is right, run: insync-connector sync --approve { $hash } { WORD($mapping) }
    }
cli-approve-relink =
    { $people ->
        [one] { $people } person of "{ $mapping }" has a new entry and would be linked to the same user, and waits for your approval. If the list is right, run: insync-connector sync --approve { $hash } { WORD($mapping) }
       *[other] { $people } people of "{ $mapping }" have new entries and would be linked to the same users, and wait for your approval. If the list is right, run: insync-connector sync --approve { $hash } { WORD($mapping) }
    }
cli-count-create = { $n } create
cli-count-update = { $n } update
cli-count-preserve = { $n } deactivate (data preserved)
cli-count-reactivate = { $n } reactivate
cli-count-adopt = { $n } link
cli-count-skip = { $n } skip
cli-count-hold = { $n } on hold
cli-count-unchanged = { $n } unchanged
cli-count-nobody = nobody

cli-import-first = "{ $mapping }" was never imported completely. What an import does:
cli-import-changed = "{ $mapping }" was changed since its last import. What it does now:
cli-import-waits = waits for approval
cli-import-resumes = goes on by itself at { $until_ms }, as the cloud asked
cli-import-complete = complete
cli-import-some-refused =
    { $n ->
        [one] { $n } person refused by the cloud
       *[other] { $n } people refused by the cloud
    }
cli-status-refused =
    { $people ->
        [one] refused by the cloud since { $since }: { $people } person of "{ $mapping }": { $error }
       *[other] refused by the cloud since { $since }: { $people } people of "{ $mapping }": { $error }
    }
cli-import-refused = "{ $mapping }": { $people } refused by the cloud: { $reason }
cli-import-to-do = "{ $mapping }": what to do: { $action }
cli-imports-run = Import { $run } of "{ $mapping }", { $at_ms }: { $how }
cli-imports-gone = The people of this import are no longer all kept. They are kept for 90 days at most, and while there is room.
cli-imports-postponed = not carried out: { $error }
cli-import-cancelled = What the cloud acknowledged stays. The next import continues from there.
cli-seconds = { $n } s

## Inputs that an error is about.
input-account = Account
input-attr = Attributes
input-base_dn = Base DN
input-bind_name = Bind name
input-ca = CA certificate
input-ca_pem = CA certificate
input-cloud = Cloud
input-cloud_attributes = Attributes that the cloud may use
input-conditions = Conditions
input-connector_id = ID of the connector
input-days = Days
input-domain = Domain
input-enabled = Rule for enabled people
input-file = File
input-filter = Filter
input-groups = Groups
input-home = Home
input-host = Proxy host
input-interval_hours = Hours between full imports
input-key = Registration key
input-kind = Kind of server
input-log_level = Detail of the logs
input-mapping = Mapping
input-name = Name
input-password = Password
input-proxy = Proxy
input-proxy_password = Proxy password
input-replace = Replace the settings
input-request_id = ID of the request
input-run = Import
input-save = File to save to
input-security = Security
input-server = Server
input-servers = Servers
input-to = New place
input-token = Token
input-under = Container to look below
input-exclude_units = Organizational units left out
input-exclude_groups = Groups left out
input-include_people = People added
input-exclude_people = People left out
input-units = Organizational units
input-url = Address
input-user = User
input-values = Settings to change
input-version = Version

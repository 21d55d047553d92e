## The first screen: cloud, directory, imports, alerts; the icon's states.

over-import = Import now
over-why-paused = Imports are paused. Resume them first.
over-why-cloud = Finish the setup first: this computer is not registered with a cloud.
over-why-mapping = Add a mapping first: without one nobody is imported.
over-pause = Pause
over-resume = Resume
over-cloud = Cloud
over-imports = Imports
over-last = Last import
over-next = Next import
over-never = Never
over-people = People in the cloud
over-accounts = Accounts
over-held-deactivate =
    { $n ->
        [one] { $n } person would be deactivated (data preserved). No deactivation is sent until you approve the list.
       *[other] { $n } people would be deactivated (data preserved). No deactivation is sent until you approve the list.
    }
over-held-relink =
    { $n ->
        [one] { $n } person has a new entry in the directory, and would be linked to the same user. Nothing of it is sent until you approve the list.
       *[other] { $n } people have a new entry in the directory, and would be linked to the same users. Nothing of it is sent until you approve the list.
    }
over-review = Review the list
over-left-behind = People of removed mappings. They stay in the cloud as they are until another mapping takes them.
over-changes = Changes between imports
over-state = State
over-ms = { $n } ms
over-certificates = Directory certificates
over-do-setup = Set up
over-do-check = Check the connection
over-do-directory = Open the directory
over-do-preview = Look at the preview
over-do-mapping = Add a mapping
over-do-import = Show all imports
over-in-mappings =
    { $n ->
        [one] In { $n } mapping
       *[other] In { $n } mappings
    }
over-skipped = Skipped
over-skipped-where = By the last imports
over-approval = Waiting for approval
over-approval-some = Review the list
over-approval-none = Nothing to approve
over-recent = Recent imports
over-none-yet = No import yet. The first one begins when you start it.
over-added = Added
over-updated = Updated
over-deactivated = Deactivated
over-refused = Refused
over-connections = Connections
over-since-when = Since { $at }
over-cert-days =
    { $n ->
        [one] { $n } day left
       *[other] { $n } days left
    }
over-cert-soon =
    { $n ->
        [one] Expires in { $n } day: renew it
       *[other] Expires in { $n } days: renew it
    }
over-cert-ended =
    { $n ->
        [one] Expired { $n } day ago
       *[other] Expired { $n } days ago
    }
over-cert-unknown = Not reachable

cloud-not_registered = Not registered
cloud-delivery_only = Delivery only
cloud-connecting = Connecting
cloud-connected = Connected
cloud-waiting = Waiting
cloud-revoked = Revoked

tray-connected = Connected
tray-working = Working
tray-attention = Needs attention
tray-disconnected = Disconnected

alert-grace_sign_ins = Expired passwords
alert-people_refused = People refused by the cloud
alert-storage = Nothing can be stored
alert-secrets = Secrets cannot be read
alert-identity = Registration used twice
alert-database_lost = Database lost
alert-directory_connection = AD connection status
alert-directory_authentication = AD/LDAP authentication failure

follow-syncrepl = As they happen (syncrepl)
follow-persistent_search = As they happen (persistent search)
follow-usn_changed = Every few seconds (uSNChanged)
follow-modify_timestamp = A few times a minute, without deletions
follow-not = Not at the moment; the connector tries again

## Charts.

chart-imports = Imports of the last 30 days
chart-imports-n =
    { $n ->
        [one] { $n } import
       *[other] { $n } imports
    }
chart-imports-none = No import ran within the last 30 days.
chart-imports-same =
    { $n ->
        [one] { $n } import ran, and nothing had changed.
       *[other] { $n } imports ran, and nothing had changed.
    }
chart-imports-more = Show the imports
chart-sign-ins = Sign-ins of the last 24 hours
chart-sign-ins-n =
    { $n ->
        [one] { $n } sign-in
       *[other] { $n } sign-ins
    }
chart-sign-ins-none = Nobody signed in within the last 24 hours.
chart-sign-ins-more = Show the sign-ins
chart-ok = Signed in
chart-wrong = Wrong password
chart-held = Locked or blocked
chart-other = Other reasons
chart-p95 = 95 % within
chart-day = Day
chart-hour = Hour
chart-column = { $name }: { $counts }
chart-table = As a table
chart-keys = The arrow keys lead from bar to bar.
over-failed = Failed sign-ins
over-failed-of =
    { $n ->
        [one] Of { $n } in the last 24 hours
       *[other] Of { $n } in the last 24 hours
    }

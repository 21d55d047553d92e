## The first screen: cloud, directory, imports, alerts; the icon's states.

over-import = Import now
over-pause = Pause
over-resume = Resume
over-cloud = Cloud
over-directory = Directory
over-imports = Imports
over-last = Last import
over-next = Next import
over-never = Never
over-people = People in the cloud
over-accounts = Accounts
over-mappings = Mappings
over-alerts = Alerts
over-no-alerts = No alerts.
over-progress =
    { $total ->
        [one] { $mapping }: { $done } of { $total } person
       *[other] { $mapping }: { $done } of { $total } people
    }
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
over-left-behind = People of removed mappings. To deactivate them (data preserved), run: insync-connector mapping remove NAME --deactivate
over-changes = Changes between imports
over-state = State
over-since = Connected since
over-sign-ins = Sign-ins
over-last-minute = In the last minute
over-p95 = 95 % answered within
over-ms = { $n } ms
over-certificates = Directory certificates
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
alert-database_lost = Database lost
alert-directory_connection = AD connection status
alert-directory_authentication = AD/LDAP authentication failure

follow-syncrepl = As they happen (syncrepl)
follow-persistent_search = As they happen (persistent search)
follow-usn_changed = Every few seconds (uSNChanged)
follow-modify_timestamp = A few times a minute, without deletions
follow-not = Not at the moment; the connector tries again

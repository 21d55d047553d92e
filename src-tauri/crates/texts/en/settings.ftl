## Settings, and the move to another computer.

set-interval_hours = Import interval in hours
set-follow-changes = Import changes as soon as the directory reports them
set-removal_limit_percent = Deactivation limit in percent
set-removal_limit_people = Deactivation limit in people
set-removal-hint = An import that would deactivate more people than both limits allow (data preserved) waits for your approval.
set-wrong_attempts = Wrong passwords before a user's sign-ins are blocked
set-window_minutes = Minutes in which they are counted
set-log = Log level
set-from-cloud = Take mappings from the cloud; each waits for your approval
set-card-schedule = Schedule
set-card-removal = Removal protection
set-card-sign-in = Sign-in protection
set-card-log = Log
set-log-hint = The log is kept for 14 days. Debug and trace help support; they need more space.
level-error = Errors
level-warn = Warnings
level-info = Information
level-debug = Debug
level-trace = Trace
set-saved = Saved.
set-token-save = Change the token
set-token-saved = The service at { $url } has taken the new token.
set-proxy-save = Change the proxy
set-program = Program
set-version = Version
set-home = Home folder
set-secrets = Secrets
set-leave = Leave the cloud; people stay there as they are.
set-leave-do = Leave the cloud
set-leave-sure = Leave the cloud? Imports and sign-ins stop.
set-leave-forget = Choose again to end the registration on this computer only, without the cloud.
set-deadline_seconds = Seconds within which a sign-in must be answered

move-title = Move to another computer
move-hint = The file contains accounts, mappings, rules, proxy and the registration's identity, but no passwords or keys. The other computer shows what is left to do.
move-export = Export settings
move-choose = Choose an exported file…
move-import = Import settings
move-replace-all = Replace the accounts, mappings and proxy on this computer
move-done =
    Settings imported from { $host }: { $accounts ->
        [one] { $accounts } account
       *[other] { $accounts } accounts
    }, { $mappings ->
        [one] { $mappings } mapping
       *[other] { $mappings } mappings
    }.
move-left = What is left to do:
move-password = Under Directories, enter the password of { $name }.
move-replace = Under Setup, register with a key that replaces the connector on { $host } ({ $id }). You create the key in the cloud's console. That connector then ends immediately.
move-register = Under Setup, register with your cloud.
move-proxy-password = Enter the proxy's password there.
move-preview = Look at the preview of each mapping and import it. Until then, no mapping is imported automatically.

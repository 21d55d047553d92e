## Settings, and the move to another computer.

set-interval_hours = Import interval in hours
set-follow-changes = Import changes between two imports as soon as the directory tells them
set-removal_limit_percent = Removal limit in percent
set-removal_limit_people = Removal limit in people
set-removal-hint = A plan that would deactivate more people than both limits allow (data preserved) waits for your approval.
set-wrong_attempts = Wrong passwords before sign-ins are held back
set-window_minutes = Counted within minutes
set-log = Log level
set-from-cloud = The cloud may change mappings
set-saved = Saved.
set-proxy-save = Change the proxy
set-program = Program
set-version = Version
set-home = Home folder
set-secrets = Secrets
set-leave = Leave the cloud; people stay there as they are.
set-leave-sure = Leave the cloud? Imports and sign-ins end.
set-leave-forget = Once more ends the registration here only, without the cloud.
set-deadline_seconds = Seconds in which a sign-in is answered

move-title = Move to another computer
move-hint = The file holds accounts, mappings, rules, proxy and the registration's identity, never a password or a key. The other computer says what is left to do there.
move-export = Export settings
move-choose = Choose an exported file…
move-import = Take over
move-replace-all = Replace the accounts, mappings and proxy that are here
move-done =
    Taken over from { $host }: { $accounts ->
        [one] { $accounts } account
       *[other] { $accounts } accounts
    }, { $mappings ->
        [one] { $mappings } mapping
       *[other] { $mappings } mappings
    }.
move-left = What is left to do:
move-password = Under Accounts, enter the password of { $name }.
move-replace = Under Setup, register with a key that replaces the connector on { $host } ({ $id }). The cloud's console makes it; that connector ends at once.
move-register = Under Setup, register with your cloud.
move-proxy-password = Give the proxy's password there.
move-preview = Look at the preview of each mapping and import it. Until then none is imported by itself.

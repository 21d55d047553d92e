## What stands around every screen: navigation, buttons, the question before the end.

app-name = inSync Connector

nav-label = Main navigation
nav-overview = Overview
nav-setup = Setup
nav-sign_ins = Sign-ins
nav-mappings = Mappings
nav-accounts = Directories
nav-activity = Activity
nav-diagnostics = Diagnostics
nav-settings = Settings
nav-help = Help
nav-skip = Skip to the content
nav-waiting =
    { $n ->
        [one] { $n } person waits for approval
       *[other] { $n } people wait for approval
    }
nav-wrong =
    { $n ->
        [one] { $n } thing needs attention
       *[other] { $n } things need attention
    }

page-overview = How imports and sign-ins are doing, and what needs you.
page-sign_ins = Who signed in through the connector, how it ended, and why.
page-mappings = Who of your directory becomes a user in the cloud, and with which profile.
page-accounts = The directories that people are read from, and that check their passwords.
page-activity = What the connector did, and what was changed.
page-diagnostics = Checks this computer, your directories and the cloud, and collects what support needs.
page-settings = When imports run, what they may deactivate, and how sign-ins are protected.
page-help = What the connector needs in your network, and what to do when something fails.

search-label = Search people, mappings, directories and settings
search-hint = Search (Ctrl+K)
search-group-screens = Screens
search-group-mappings = Mappings
search-group-accounts = Directories
search-group-settings = Settings

act-close = Close
act-cancel = Cancel
act-back = Back
act-next = Next
act-save = Save
act-remove = Remove
act-details = Details
act-search = Search
act-export = Export
act-saved = Saved as { $path }.
act-retry = Check again
act-add = Add

state-loading = Loading
state-pass = Passed
state-fail = Failed
state-skip = Skipped

quit-title = Quit inSync Connector?
quit-window = Imports and sign-ins stop until you start it again. What is running is finished first.
quit-service = Only this window and its icon close. The service continues with imports and sign-ins.
quit-yes = Quit

engine-service = The service runs the connector; this window shows it.
engine-none = The connector is not running: nothing is imported and nobody can sign in.

unsaved-title = Leave without saving?
unsaved-text = What you changed here is not saved yet.
unsaved-stay = Stay
unsaved-leave = Discard changes
unsaved-bar = You have unsaved changes.
unsaved-undo = Undo
number-missing = Enter a whole number.

pem-file = Read from a file…

help-ports = Ports
help-port = From the connector to
help-why = For
help-cloud-port = Cloud: 443, else 6061, else 80
help-cloud-why = The connection to the cloud. It is TLS on each port, also on 80, and may go through a proxy.
help-ldaps-port = Directory: 636, or 3269 for the global catalog
help-ldaps-why = Reading people and checking passwords over LDAPS.
help-starttls-port = Directory: 389, or 3268 for the global catalog
help-starttls-why = The same with StartTLS.
help-dns-port = DNS: 53
help-dns-why = Finding the domain controllers of a domain, if you name no servers.
help-inbound = Nothing listens on the network: your firewall needs no rule for inbound connections.
help-rights = Rights of the service account
help-right-read = Read-only rights in the directory are enough. Name the account by DN, user@domain or DOMAIN\user.
help-right-deleted = Deletions in Active Directory are seen within seconds only if it may also list CN=Deleted Objects; otherwise at the next full import.
help-right-own = Passwords are in the keychain of the account that runs the connector. After a change of that account, enter them again.
help-failures = When something fails
help-reach = The cloud or a directory cannot be reached
help-reach-do = Run the checks under Diagnostics. They say which step fails: name, port, certificate or account. Compare the port with the list above.
help-trust = The certificate is not trusted
help-trust-do = Under Directories, add your company's CA certificate to the connection. Compare its fingerprint with the one that your PKI publishes first.
help-credentials = The service account is not accepted
help-credentials-do = Under Directories, set its new password. Until then nobody of this directory is imported or can sign in; nobody is deactivated.
help-held = People wait for approval
help-held-do = An import would deactivate more people than the limits in Settings allow. Under Overview, review the list; it is deactivated only after you approve it.
help-lost = The database was lost
help-lost-do = Nobody is deactivated. Look at the preview of each mapping, then import it.
program-name = inSync Connector
start-no-display = There is no display here. Use the command line: insync-connector.
start-no-window = The window cannot be shown: { $error }. Check that your own folder can be written to, or use the command line: insync-connector.

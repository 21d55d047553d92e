## What stands around every screen: navigation, buttons, the question before the end.

app-name = inSync Connector

nav-label = Main navigation
nav-overview = Overview
nav-setup = Setup
nav-mappings = Mappings
nav-accounts = Accounts
nav-activity = Activity
nav-diagnostics = Diagnostics
nav-settings = Settings

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

pem-file = Read from a file…

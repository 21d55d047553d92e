## The journal.

log-kind = Kind
log-all = All
log-import = Imports
log-changes = Changes between imports
log-approval = Approvals
log-missed = Missed changes
log-sign_in = Sign-ins
log-activation = Activations
log-settings = Settings
log-time = Time
log-subject = Subject
log-more = Show more
log-one-import = Import
log-one-changes = Changes
log-one-approval = Approval
log-one-missed = Missed change
log-one-sign_in = Sign-in
log-one-activation = Activation
log-one-settings = Change of settings
log-imported =
    { $read ->
        [one] { $read } person read, { $done } acknowledged.
       *[other] { $read } people read, { $done } acknowledged.
    }
log-read =
    { $read ->
        [one] { $read } person read: { $done }.
       *[other] { $read } people read: { $done }.
    }
log-did-create = { $n } added
log-did-update = { $n } updated
log-did-preserve = { $n } deactivated (data preserved)
log-did-reactivate = { $n } reactivated
log-did-adopt = { $n } linked
log-did-skip = { $n } skipped
log-did-hold = { $n } on hold
log-did-unchanged = { $n } unchanged
log-by = by { $account }, { $door }
door-window = in the window
door-command_line = on the command line
door-cloud = through the cloud
door-connector = by the connector itself
log-refused =
    { $n ->
        [one] { $n } person refused by the cloud.
       *[other] { $n } people refused by the cloud.
    }
log-approved-deactivate =
    { $n ->
        [one] { $n } person may be deactivated (data preserved; list { $list }).
       *[other] { $n } people may be deactivated (data preserved; list { $list }).
    }
log-approved-relink =
    { $n ->
        [one] { $n } person with a new entry may be linked (list { $list }).
       *[other] { $n } people with new entries may be linked (list { $list }).
    }
log-approved-directory = The directory was accepted as it is now.
log-waits-deactivate =
    { $n ->
        [one] { $n } person waits for your approval to be deactivated (data preserved).
       *[other] { $n } people wait for your approval to be deactivated (data preserved).
    }
log-waits-relink =
    { $n ->
        [one] { $n } person with a new entry waits for your approval to be linked.
       *[other] { $n } people with new entries wait for your approval to be linked.
    }
log-in-mapping = mapping { $name }
log-times =
    { $n ->
        [one] once
       *[other] { $n } times within a minute
    }
log-grace-left =
    { $n ->
        [one] the password has expired, { $n } sign-in is left
       *[other] the password has expired, { $n } sign-ins are left
    }
log-alert = Alerts
log-one-alert = Alert
log-update = Updates
log-one-update = Update
log-update-found = A later version is offered
log-update-approved = Approved: { $by }
log-update-installed = Installed
log-update-failed = Not installed: { $why }
log-missed-people =
    { $n ->
        [one] A full import found { $n } person changed who was not reported by the directory. This person is right in the cloud now.
       *[other] A full import found { $n } people changed who were not reported by the directory. They are right in the cloud now.
    }

did-account-added = Account added
did-account-changed = Account changed
did-account-removed = Account removed
did-password-changed = Password changed
did-mapping-applied = Mapping saved
did-mapping-proposed = Mapping received from the cloud, waiting for approval
did-mapping-rejected = Mapping of the cloud not taken
did-mapping-removed = Mapping removed
did-mapping-moved = Mapping moved
did-settings-changed = Settings changed
did-settings-exported = Settings exported
did-settings-imported = Settings imported
did-interval-changed = Import interval changed
did-token-changed = Token changed
did-proxy-changed = Proxy changed
did-registered = Registered
did-unregistered = Unregistered
did-purged = Everything removed
did-migrated = Settings of the former connector taken over

## Updates of the program.

upd-title = Updates
upd-offered = Version { $version } is available.
upd-notes = What is new
upd-install = Install
upd-again = Try again
upd-available = Its signature is checked before it is installed; this version comes back if it does not run.
upd-in-window = It is installed by itself in the maintenance window, { $window }.
upd-downloading = It is on its way here.
upd-approved = It was downloaded and checked; it is installed in a moment.
upd-installing = It is being installed.
upd-installed = It is installed: quit this program and start it again.
upd-failed = It was not installed; the current version keeps running.
upd-daily = Look for updates daily
upd-when = Updates are installed
upd-ask = when I say so
upd-window = in the maintenance window, by itself (with the service)
upd-from = From
upd-to = To
upd-url = Where updates are offered
upd-url-hint = Empty: by the registered cloud.
upd-check = Look now
upd-newest = Version { $version } is the latest one ({ $at }).

## Updates of the program.

upd-title = Updates
upd-offered = Version { $version } is available.
upd-notes = What is new
upd-install = Install
upd-again = Try again
upd-available = Its signature is checked before the installation. If it does not run, the current version comes back.
upd-in-window = It will be installed in the maintenance window, { $window }.
upd-downloading = It is downloading.
upd-approved = It was downloaded and checked; the installation starts in a moment.
upd-installing = It is being installed.
upd-installed = It is installed. Quit this program and start it again.
upd-failed = It was not installed; the current version keeps running.
upd-daily = Check for updates daily
upd-when = Updates are installed
upd-ask = when I approve them
upd-window = automatically in the maintenance window (service only)
upd-from = From
upd-to = To
upd-url = Address of the updates
upd-url-hint = Leave this empty to use the registered cloud.
upd-check = Check now
upd-newest = Version { $version } is up to date (checked { $at }).

## The wizard, and what was found on this computer.

wiz-steps = Steps
wiz-welcome = Welcome
wiz-cloud = Cloud
wiz-directory = Directory
wiz-credentials = Credentials
wiz-mapping = Mapping
wiz-preview = Preview
wiz-finish = Finish
wiz-done = Done
wiz-fresh = This machine has no inSync Connector yet. Six short steps connect your directory to inSync Cloud.
wiz-earlier = The connector was set up here before. Kept: { $kept }.
wiz-legacy = A legacy configuration was found ({ $file }). It can be taken over: { $kept }.
wiz-version = Version { $version } was here before. Imports, journal and secrets are kept as they are.
wiz-service-runs = The former connector's service "{ $name }" is running.
wiz-service-there = The former connector's service "{ $name }" is still installed.
wiz-service-do = Two connectors must not work side by side. Stop it and set its start to Disabled in Services before you register this one; this program does not touch it.
wiz-blank = Take the proxy password out of the file
wiz-blank-hint = Once the password is in the keychain and was read back, its value in the file is made empty. Nothing else in the file changes; the former connector can then no longer use the proxy.
wiz-blanked = The password is in the keychain, and no longer in the file.
wiz-not-blanked = The password is in the keychain; it is still in the file as well.
wiz-draft = What you type is kept when you close the window. Passwords and keys are not.
wiz-see-preview = Run the preview to go on. A mapping does not go live unseen.
wiz-take-over = Take over
wiz-took-over = Taken over. Left out: { $keys }.

fin-start = Start the connector
fin-by-hand = Only when I start it
fin-logon = When I log on
fin-service = The service runs the connector: it starts with the machine, and nobody has to be logged on.
fin-as-service = To run when nobody is logged on, set it up as a service: in the setup program on Windows, with sudo insync-connector service install on Linux. A service has a home and a keychain of its own; settings go there by export and import.
fin-import = First import
fin-now = Now
fin-schedule = On schedule
fin-summary = Summary
fin-finish = Finish

kept-registration = registration
kept-accounts = accounts
kept-mappings = mappings
kept-proxy_password = the proxy's password
kept-nothing = nothing
kept-proxy = proxy

instead-cloud = given at registration
instead-ports = 443, 6061 and 80 are tried by themselves
instead-certificates = given at registration, or with an account
instead-log = a setting of its own
instead-proxy = named in the next step, or in the settings
instead-nothing = no meaning here

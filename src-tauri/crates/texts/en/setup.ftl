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
wiz-fresh = inSync Connector is not set up on this computer yet. Six short steps connect your directory to inSync Cloud.
wiz-earlier = The connector was set up on this computer before. It keeps: { $kept }.
wiz-legacy = A legacy configuration was found ({ $file }). You can take over: { $kept }.
wiz-version = Version { $version } was installed before. Imports, journal and secrets are kept.
wiz-service-runs = The legacy connector's service "{ $name }" is running.
wiz-service-there = The legacy connector's service "{ $name }" is still installed.
wiz-service-do = Two connectors must not run side by side. Before you register this one, open Services, stop that service and set its startup type to Disabled. This program does not change it.
wiz-blank = Delete the proxy password from the file
wiz-blank-hint = Once the password is in the keychain and was read back, its value in the file is emptied. Nothing else in the file changes. The legacy connector can then no longer use the proxy.
wiz-blanked = The password is in the keychain and no longer in the file.
wiz-not-blanked = The password is in the keychain, but also still in the file.
wiz-draft = What you enter is kept when you close the window, except passwords and keys.
wiz-see-preview = Run the preview to continue. A mapping goes live only after you have seen its preview.
wiz-take-over = Take over
wiz-took-over = Done. Not taken over: { $keys }.

fin-start = Start the connector
fin-by-hand = Only when I start it
fin-logon = When I sign in
fin-service = The service runs the connector. It starts with the computer, even if nobody is signed in.
fin-as-service = To run the connector when nobody is signed in, set it up as a service: with the setup program on Windows, or with sudo insync-connector service install on Linux. A service has its own home and keychain; use export and import to move your settings there.
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
instead-ports = 443, 6061 and 80 are tried automatically
instead-certificates = given at registration, or with an account
instead-log = a setting of its own
instead-proxy = set in the next step, or in the settings
instead-nothing = not used here

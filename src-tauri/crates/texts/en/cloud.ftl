## The way to the cloud, and registration.

cl-ca = CA certificate of the cloud (PEM)
cl-ca-hint = Only if the cloud, or a proxy in between, uses a certificate of your own company.
cl-place = Cloud
cl-public = Public cloud
cl-gov = GovCloud
cl-other = Other address
cl-url = Address
cl-key = Registration key
cl-key-hint = From the cloud's console. Each key works once.
cl-key-empty = Enter the registration key from the cloud's console.
cl-token-empty = Enter the service's bearer token.
cl-replaces = This computer takes over from the connector on { $host } ({ $id }). In the cloud's console, create a key that replaces it. That connector then ends immediately.
cl-still = The connector on { $host } ({ $id }) is still registered, unless the key was created to replace it. Remove it in the cloud's console: two connectors must not run side by side.
cl-network = Network
cl-ports = Ports tried in order: 443, 6061, 80.
cl-proxy = Proxy
cl-no-proxy = No proxy
cl-host = Proxy host
cl-port = Proxy port
cl-user = Proxy user
cl-pass = Proxy password
cl-check = Check the connection
cl-registered = Registered with { $url }.
cl-scim = SCIM 2.0 service
cl-scim-hint = People are delivered to any SCIM 2.0 service; sign-ins and mass deployment need inSync Cloud.
cl-token = Bearer token

## Accounts of a directory: server, certificates, credentials.

dir-ca = Company CA
dir-ca-field = CA certificate (PEM)
dir-ca-hint = Paste it here, or read a .pem, .crt, .cer or .p7b file, if the server does not show its CA below.
dir-domain = Domain
dir-find = Find domain controllers
dir-servers = Servers
dir-servers-hint = One per line, tried in this order.
dir-security = Security
dir-ldaps = LDAPS (port 636)
dir-starttls = StartTLS (port 389)
dir-plain = None (plain LDAP)
dir-plain-warn = I accept that passwords can be read on the network. This choice is recorded.
dir-probe = Check the server
dir-kind = Kind
dir-bases = Base DNs
dir-chain = Certificate chain
dir-issuer = Issued by { $name }, valid until { $until }
dir-trust = Trust this company CA
dir-trust-hint = First compare the fingerprint with the one that your PKI publishes.
dir-no-ca = The server does not show its CA's certificate. Ask your CA's administrators for it and add it under Company CA above.
dir-seen-here = What the server answers, and the certificates that it shows, appear here.
dir-trusted = The chain is trusted for this account.

kind-auto = Not detected
kind-active_directory = Active Directory
kind-samba_ad = Samba AD
kind-open_ldap = OpenLDAP
kind-ds389 = 389 Directory Server
kind-ldap = LDAP

cred-name = Account name
cred-bind = Bind name
cred-bind-hint = A DN, a UPN (svc@corp.example.com) or DOMAIN\user. Read-only rights are enough.
cred-password = Password
cred-password-hint = Stored in the keychain of this computer and read back once.
cred-kept = Connected. The password is in the keychain.

acc-test = Test
acc-password = New password for { $name }
acc-set-password = Set password
acc-saved = Saved in the keychain.
acc-missing = Its password is not in the keychain of this computer. Enter it below. Until then, nobody of this account is imported or can sign in.
acc-remove-sure = Remove { $name } and its password?
acc-empty = No accounts yet. Setup adds one.
acc-add = Add an account
acc-edit = Change the connection
acc-new-ca = New company CA (PEM)
acc-new-ca-hint = Leave this empty to keep the current CA.
acc-bind-name = Bind name
acc-password-again = Password
acc-password-again-hint = Needed for another server, domain, CA or bind name, and for a less protected connection.
acc-attributes = Attribute names
acc-attributes-hint = Only if your directory uses other attribute names than usual.

attr-email = E-mail address
attr-user_name = User name
attr-display_name = Display name
attr-unique_id = Unique identifier
attr-enabled = Filter for enabled people

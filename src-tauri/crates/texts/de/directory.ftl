## Accounts of a directory: server, certificates, credentials.

dir-ca = Firmen-CA
dir-ca-field = CA-Zertifikat (PEM)
dir-ca-hint = Hier einfügen oder aus einer .pem-, .crt-, .cer- oder .p7b-Datei lesen, wenn der Server seine CA unten nicht zeigt.
dir-domain = Domäne
dir-find = Domänencontroller suchen
dir-servers = Server
dir-servers-hint = Je Zeile einer, in dieser Reihenfolge versucht.
dir-security = Sicherheit
dir-ldaps = LDAPS (Port 636)
dir-starttls = StartTLS (Port 389)
dir-plain = Keine (unverschlüsseltes LDAP)
dir-plain-warn = Das Kennwort ginge lesbar durch das Netz. Ich akzeptiere das; es wird festgehalten.
dir-probe = Server prüfen
dir-kind = Art
dir-bases = Base-DNs
dir-chain = Zertifikatskette
dir-issuer = Ausgestellt von { $name }, gültig bis { $until }
dir-trust = Dieser Firmen-CA vertrauen
dir-trust-hint = Vergleichen Sie zuerst den Fingerabdruck mit dem Ihrer PKI.
dir-no-ca = Der Server zeigt das Zertifikat seiner CA nicht. Lassen Sie es sich von den Verwaltern der CA geben und fügen Sie es oben unter Firmen-CA ein.
dir-seen-here = Hier erscheint, was der Server antwortet und welche Zertifikate er zeigt.
dir-trusted = Der Kette wird für dieses Konto vertraut.

kind-auto = Nicht erkannt
kind-active_directory = Active Directory
kind-samba_ad = Samba AD
kind-open_ldap = OpenLDAP
kind-ds389 = 389 Directory Server
kind-ldap = LDAP

cred-name = Name des Kontos
cred-bind = Bind-Name
cred-bind-hint = Ein DN, ein UPN (svc@corp.example.com) oder DOMÄNE\Benutzer. Leserechte genügen.
cred-password = Kennwort
cred-password-hint = Wird im Schlüsselbund dieses Rechners abgelegt und einmal zurückgelesen.
cred-kept = Verbunden. Das Kennwort liegt im Schlüsselbund.

acc-test = Testen
acc-password = Neues Kennwort für { $name }
acc-set-password = Kennwort setzen
acc-saved = Im Schlüsselbund gespeichert.
acc-missing = Sein Kennwort liegt hier nicht im Schlüsselbund. Geben Sie es unten ein; bis dahin wird niemand daraus importiert oder angemeldet.
acc-remove-sure = { $name } mitsamt Kennwort entfernen?
acc-empty = Noch keine Konten. Die Einrichtung legt eines an.
acc-add = Konto hinzufügen
acc-edit = Zugang ändern
acc-new-ca = Neue Firmen-CA (PEM)
acc-new-ca-hint = Leer lassen, um die bisherige zu behalten.
acc-bind-name = Anmeldename
acc-password-again = Kennwort
acc-password-again-hint = Nötig für einen anderen Server, eine andere Domäne, CA oder einen anderen Anmeldenamen und für eine schwächer geschützte Verbindung.
acc-attributes = Attributnamen
acc-attributes-hint = Nur wo die Namen des Verzeichnisses von den üblichen abweichen.

attr-email = E-Mail-Adresse
attr-user_name = Benutzername
attr-display_name = Anzeigename
attr-unique_id = Eindeutige Kennung
attr-enabled = Filter für aktive Personen

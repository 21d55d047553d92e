/** German message and action for every code of an error. */
export const failuresDe: Record<string, readonly [message: string, action: string]> = {
  invalid_input: [
    "Ein Wert ist nicht brauchbar.",
    "Korrigieren Sie den Wert und versuchen Sie es noch einmal.",
  ],
  invalid_dn: ["Der Text ist kein Distinguished Name.", "Schreiben Sie ihn wie OU=Sales,DC=example,DC=com."],
  invalid_filter: [
    "Der Text ist kein LDAP-Filter.",
    "Schreiben Sie ihn wie in RFC 4515, etwa (&(objectClass=person)(l=Berlin)).",
  ],
  invalid_mapping: [
    "Die Zuordnung hat einen Wert, der nicht brauchbar ist.",
    "Korrigieren Sie das genannte Feld.",
  ],
  invalid_settings: [
    "Die Einstellungen sind nicht lesbar.",
    "Korrigieren Sie die genannte Zeile oder legen Sie die Datei beiseite.",
  ],
  settings_too_new: [
    "Die Einstellungen stammen von einer neueren Version.",
    "Installieren Sie diese Version oder eine spätere.",
  ],
  not_found: ["Unter diesem Namen gibt es nichts.", "Wählen Sie einen der vorhandenen Namen."],
  already_exists: [
    "Der Name ist vergeben.",
    "Wählen Sie einen anderen Namen oder entfernen Sie zuerst den vorhandenen.",
  ],
  settings_present: [
    "Hier gibt es schon Einstellungen, die die Datei ersetzen würde.",
    "Bestätigen Sie, dass sie ersetzt werden sollen, oder entfernen Sie sie zuerst.",
  ],
  password_unclear: [
    "Das Kennwort in der Datei lässt sich auf mehr als eine Weise lesen.",
    "Nichts davon wurde übernommen, und die Datei bleibt, wie sie ist: Geben Sie das Kennwort selbst ein, bei der Registrierung oder beim Proxy in den Einstellungen.",
  ],
  password_in_file: [
    "Das Kennwort ist übernommen, steht aber noch in der Datei.",
    "Leeren Sie es in der Datei selbst, oder versuchen Sie es noch einmal mit dem Recht, Datei und Ordner zu ändern.",
  ],
  rights_changed: [
    "Die Datei wurde geändert, aber ihre Zugriffsrechte sind nicht mehr die von vorher.",
    "Setzen Sie die Rechte der Datei selbst.",
  ],
  in_use: ["Etwas anderes braucht es noch.", "Entfernen oder ändern Sie zuerst, was es verwendet."],
  resolve_failed: [
    "Der Hostname lässt sich nicht auflösen.",
    "Prüfen Sie die Schreibweise und die DNS-Einstellungen dieses Rechners.",
  ],
  connect_refused: ["Auf diesem Host und Port antwortet niemand.", "Prüfen Sie Host, Port und Firewalls."],
  connect_timeout: [
    "Der Host hat nicht rechtzeitig geantwortet.",
    "Prüfen Sie, ob er läuft und keine Firewall dazwischen ist.",
  ],
  connection_lost: [
    "Die Verbindung wurde mittendrin getrennt.",
    "Versuchen Sie es noch einmal; bei häufigem Auftreten hilft das Protokoll des Servers.",
  ],
  timeout: [
    "Der Vorgang endete nicht innerhalb seiner Frist.",
    "Versuchen Sie es noch einmal; prüfen Sie sonst die Last des Servers.",
  ],
  cancelled: ["Der Vorgang wurde abgebrochen.", "Starten Sie ihn wieder, wenn Sie so weit sind."],
  protocol_violation: [
    "Die Gegenseite sendet etwas, das ihr Protokoll nicht erlaubt.",
    "Prüfen Sie, ob Host und Port zum richtigen Server gehören.",
  ],
  message_too_large: [
    "Die Gegenseite sendet eine zu große Nachricht.",
    "Prüfen Sie, ob Host und Port zum richtigen Server gehören.",
  ],
  tls_unknown_issuer: [
    "Das Zertifikat des Servers stammt von einer Stelle, der hier nicht vertraut wird.",
    "Fügen Sie das Zertifikat Ihrer Firmen-CA hinzu, nachdem Sie den Fingerabdruck verglichen haben.",
  ],
  tls_wrong_host: [
    "Das Zertifikat des Servers gilt für einen anderen Hostnamen.",
    "Verwenden Sie einen Hostnamen, der im Zertifikat steht.",
  ],
  tls_expired: [
    "Das Zertifikat des Servers ist abgelaufen.",
    "Lassen Sie das Zertifikat auf dem Server erneuern.",
  ],
  tls_not_yet_valid: [
    "Das Zertifikat des Servers ist noch nicht gültig.",
    "Prüfen Sie die Uhren dieses Rechners und des Servers.",
  ],
  tls_failed: [
    "Es kam keine gesicherte Verbindung zustande.",
    "Prüfen Sie, ob der Port TLS spricht und der Server TLS 1.2 oder höher anbietet.",
  ],
  tls_required: ["Der Server nimmt ohne TLS kein Kennwort an.", "Wählen Sie LDAPS oder StartTLS."],
  invalid_certificate: [
    "Die Datei enthält kein brauchbares Zertifikat.",
    "Geben Sie eine PEM-Datei mit dem Zertifikat Ihrer Firmen-CA an.",
  ],
  wrong_credentials: [
    "Das Verzeichnis weist Name und Kennwort zurück.",
    "Prüfen Sie den Bind-Namen (DN, user@domain oder DOMAIN\\user) und das Kennwort.",
  ],
  credentials_expired: [
    "Das Kennwort des Bind-Kontos ist abgelaufen oder muss geändert werden.",
    "Setzen Sie im Verzeichnis ein neues und geben Sie es hier ein.",
  ],
  account_locked: [
    "Das Bind-Konto ist gesperrt oder deaktiviert.",
    "Entsperren oder aktivieren Sie es im Verzeichnis.",
  ],
  no_read_rights: [
    "Das Bind-Konto darf diesen Teil des Verzeichnisses nicht lesen.",
    "Geben Sie ihm Leserechte unterhalb des Basis-DN.",
  ],
  base_not_found: ["Den Basis-DN gibt es nicht.", "Wählen Sie einen, den das Verzeichnis anbietet."],
  scope_missing: [
    "Eine Organisationseinheit oder Gruppe der Zuordnung ist im Verzeichnis nicht mehr zu sehen.",
    "Geben Sie dem Bind-Konto seine Rechte zurück, oder wählen Sie sie in der Zuordnung neu; bis dahin wird niemand daraus geändert.",
  ],
  directory_unavailable: [
    "Kein Server des Kontos ist erreichbar.",
    "Testen Sie das Konto, um zu sehen, welcher Schritt scheitert.",
  ],
  directory_busy: [
    "Das Verzeichnis ist zu beschäftigt, um zu antworten.",
    "Warten Sie einen Moment; der Connector versucht es von selbst wieder.",
  ],
  directory_refused: [
    "Das Verzeichnis hat den Vorgang abgelehnt.",
    "Sehen Sie sich die Meldung des Servers an; oft fehlt ein Recht oder greift eine Grenze.",
  ],
  incomplete_read: [
    "Das Verzeichnis hat nicht alles zurückgegeben.",
    "Erhöhen Sie die Größengrenze des Bind-Kontos oder engen Sie die Zuordnung ein.",
  ],
  changes_unknown: [
    "Der Server weiß nicht mehr, was sich seit dem letzten Mal geändert hat.",
    "Nichts; von selbst wird einmal alles neu gelesen.",
  ],
  unique_id_missing: [
    "Einträge haben keine brauchbare eindeutige Kennung.",
    "Nennen Sie das Attribut dafür in den Attributnamen des Kontos.",
  ],
  ambiguous_user: [
    "Mehrere Personen haben diesen Namen.",
    "Verwenden Sie einen Namen, den nur eine Person hat.",
  ],
  empty_password: ["Das Kennwort ist leer.", "Geben Sie das Kennwort ein."],
  cloud_unavailable: [
    "Die Cloud ist nicht erreichbar.",
    "Prüfen Sie Internetverbindung und Proxy; der Connector versucht es weiter.",
  ],
  proxy_refused: [
    "Der Proxy verweigert die Verbindung.",
    "Lassen Sie die Adresse der Cloud am Proxy freigeben.",
  ],
  proxy_credentials: [
    "Der Proxy verlangt einen anderen Benutzer oder ein anderes Kennwort.",
    "Korrigieren Sie Benutzer und Kennwort des Proxys.",
  ],
  proxy_unreachable: ["Der Proxy ist nicht erreichbar.", "Prüfen Sie Adresse und Port des Proxys."],
  registration_key_unknown: [
    "Die Cloud kennt diesen Registrierungsschlüssel nicht.",
    "Kopieren Sie ihn noch einmal oder erzeugen Sie in der Konsole der Cloud einen neuen.",
  ],
  registration_key_used: [
    "Der Registrierungsschlüssel wurde schon verwendet.",
    "Erzeugen Sie in der Konsole der Cloud einen neuen; jeder gilt einmal.",
  ],
  registration_key_expired: [
    "Der Registrierungsschlüssel ist abgelaufen.",
    "Erzeugen Sie in der Konsole der Cloud einen neuen und verwenden Sie ihn bald.",
  ],
  not_registered: [
    "Der Connector ist bei keiner Cloud registriert.",
    "Registrieren Sie ihn mit einem Schlüssel aus der Konsole der Cloud.",
  ],
  already_registered: ["Der Connector ist schon registriert.", "Verlassen Sie zuerst die bisherige Cloud."],
  revoked: [
    "Die Cloud nimmt diesen Connector nicht mehr an.",
    "Registrieren Sie ihn mit einem neuen Schlüssel; vielleicht hat ein anderer Rechner seine Identität übernommen.",
  ],
  cloud_refused: ["Die Cloud hat die Anfrage abgelehnt.", "Sehen Sie sich die Meldung der Cloud an."],
  cloud_throttled: [
    "Die Cloud bittet, weniger zu senden.",
    "Warten Sie; der Connector macht von selbst weiter.",
  ],
  clock_skew: [
    "Die Uhr dieses Rechners geht falsch.",
    "Stellen Sie sie, am besten durch Zeitsynchronisation; bis dahin werden Anmeldungen abgelehnt.",
  ],
  not_covered: [
    "Keine Zuordnung erlaubt diese Anfrage.",
    "Legen Sie eine an, die sie abdeckt, wenn das gewollt ist.",
  ],
  unknown_method: [
    "Der Connector hat keine solche Funktion.",
    "Aktualisieren Sie den Connector, wenn die Cloud neuer ist.",
  ],
  expired_request: [
    "Die Anfrage ist über ihre Frist hinaus.",
    "Versuchen Sie es noch einmal; vergleichen Sie sonst die Uhren.",
  ],
  replayed: ["Die Anfrage war schon einmal da.", "Senden Sie eine neue Anfrage."],
  seal_broken: [
    "Das versiegelte Kennwort lässt sich nicht öffnen.",
    "Melden Sie sich noch einmal an; registrieren Sie den Connector sonst neu.",
  ],
  throttled: ["Zu viele Versuche.", "Warten Sie einige Minuten bis zum nächsten Versuch."],
  import_elsewhere: [
    "Ein anderer Connector importiert diese Zuordnung.",
    "Importieren Sie dort oder in der Konsole der Cloud; dieser übernimmt, wenn der andere fort ist.",
  ],
  sync_running: ["Ein Import dieser Zuordnung läuft schon.", "Warten Sie, bis er endet."],
  approval_needed: [
    "Mehr Personen würden deaktiviert, als die Grenze erlaubt.",
    "Sehen Sie sich die Vorschau an und geben Sie genau diese Liste frei, wenn sie stimmt.",
  ],
  approval_stale: [
    "Die freigegebene Liste ist nicht mehr die, die angewandt würde.",
    "Sehen Sie sich die Vorschau noch einmal an und geben Sie die neue frei.",
  ],
  keychain_unavailable: [
    "Der Schlüsselbund des Systems ist nicht nutzbar.",
    "Starten Sie den Secret Service (oder melden Sie sich an).",
  ],
  keychain_locked: [
    "Der Schlüsselbund ist gesperrt.",
    "Entsperren Sie ihn, etwa durch Anmelden, und versuchen Sie es noch einmal.",
  ],
  secret_missing: [
    "Das Geheimnis ist nicht im Schlüsselbund.",
    "Geben Sie es noch einmal ein; Geheimnisse gelten je Benutzerkonto.",
  ],
  storage_failed: [
    "Eine Datei des Connectors ist nicht lesbar oder nicht schreibbar.",
    "Prüfen Sie freien Platz und die Rechte am Ordner des Connectors.",
  ],
  home_locked: [
    "Auf diesem Ordner läuft ein anderer Connector.",
    "Beenden Sie ihn zuerst oder benutzen Sie sein Fenster.",
  ],
  service_missing: [
    "Der Dienst ist auf diesem Rechner nicht installiert.",
    "Installieren Sie ihn mit: insync-connector service install.",
  ],
  service_stopped: [
    "Der Dienst, dem dieser Ordner gehört, läuft nicht.",
    "Starten Sie ihn mit: insync-connector service start.",
  ],
  service_forbidden: [
    "Das darf nur eine Administratorin oder ein Administrator.",
    "Starten Sie das Programm als Administrator.",
  ],
  service_failed: [
    "Die Dienstverwaltung des Systems hat abgelehnt.",
    "Sehen Sie sich die Meldung an; das Protokoll des Connectors liegt in seinem Ordner.",
  ],
  engine_unreachable: [
    "Der laufende Connector antwortet nicht.",
    "Starten Sie ihn neu; sein Protokoll sagt, warum.",
  ],
  internal: [
    "Im Connector ist etwas Unerwartetes geschehen.",
    "Senden Sie ein Diagnosepaket an den Support.",
  ],
  update_unavailable: [
    "Dieses Programm hat keinen Schlüssel, um Aktualisierungen zu prüfen.",
    "Installieren Sie neue Versionen von Hand, von dort, woher diese kam.",
  ],
  update_untrusted: [
    "Die Aktualisierung ist nicht mit dem Schlüssel signiert, dem dieses Programm vertraut.",
    "Es wurde nichts installiert; sagen Sie es dem Anbieter, und installieren Sie sie nicht von Hand.",
  ],
  update_invalid: [
    "Das Angebot einer Aktualisierung ist nicht brauchbar.",
    "Sagen Sie es dem Anbieter; diese Version läuft weiter.",
  ],
  update_outdated: [
    "Die Aktualisierung ist nicht neuer als das, was installiert ist.",
    "Es ist nichts zu tun; ältere Versionen werden nie über neuere installiert.",
  ],
  update_none: [
    "Es wird keine Aktualisierung angeboten.",
    "Sehen Sie später noch einmal nach, oder mit: insync-connector update check.",
  ],
  update_failed: [
    "Die Aktualisierung wurde nicht installiert; die Version davor läuft weiter.",
    "Sehen Sie sich die Meldung an; versuchen Sie es noch einmal, wenn die Ursache behoben ist.",
  ],
};

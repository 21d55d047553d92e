## How a sign-in or an activation ended.

outcome-ok = Angemeldet
outcome-wrong_password = Falsches Kennwort
outcome-unknown_user = Unbekannter Benutzer
outcome-password_expired = Kennwort abgelaufen
outcome-must_change_password = Muss das Kennwort ändern
outcome-locked = Konto gesperrt
outcome-disabled = Konto deaktiviert
outcome-account_expired = Konto abgelaufen
outcome-not_allowed_now = Zu dieser Zeit nicht erlaubt
outcome-not_allowed_here = An diesem Rechner nicht erlaubt
outcome-throttled = Nach falschen Kennwörtern zurückgehalten
outcome-directory_unavailable = Verzeichnis nicht erreichbar
outcome-not_in_scope = In keiner Zuordnung
outcome-expired_request = Zu spät
outcome-activated = Aktiviert
outcome-created_and_activated = Angelegt und aktiviert
outcome-token_expired = Token abgelaufen
outcome-token_unknown = Unbekanntes Token
outcome-user_not_found = Im Verzeichnis nicht gefunden
outcome-user_disabled = Im Verzeichnis deaktiviert
outcome-user_has_no_email = Keine E-Mail-Adresse
outcome-connector_unavailable = Connector nicht erreichbar

# Why, where the journal knows more than the outcome says.
cause-not_imported = Nicht importiert: Ein anderer Benutzer hat Namen oder Adresse
cause-ambiguous_user = Mehr als eine Person hat den Namen

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
cause-empty_password = Leeres Kennwort
cause-timeout = Das Verzeichnis hat nicht rechtzeitig geantwortet
cause-found = Gefunden

## The screen of sign-ins.

sign-tabs = Was gezeigt wird
sign-tab-sign_ins = Anmeldungen
sign-tab-activations = Massenverteilung
sign-range = Zeit
sign-range-hour = Letzte Stunde
sign-range-day = Letzte 24 Stunden
sign-range-week = Letzte 7 Tage
sign-range-quarter = Letzte 90 Tage
sign-outcomes = Ergebnis
sign-all = Alle
sign-failed = Gescheitert
sign-search = Namen suchen
sign-search-hint = Findet Personen, die die Cloud hat
sign-refresh = Aktualisieren
sign-as-of = Stand: { $at }
sign-total-sign_ins =
    { $n ->
        [one] { $n } Anmeldung
       *[other] { $n } Anmeldungen
    }
sign-total-activations =
    { $n ->
        [one] { $n } Anfrage
       *[other] { $n } Anfragen
    }
sign-time = Zeit
sign-who = Name
sign-outcome = Ergebnis
sign-mapping = Zuordnung
sign-took = Dauer
sign-explain = Erklären
sign-explain-name = Namen erklären
sign-nobody = Name nicht aufbewahrt
sign-nobody-why = Aufbewahrt werden nur Namen von Personen im Verzeichnis.
sign-not-in-cloud = Eine Person, die die Cloud nicht hat
sign-no-account = Namen werden nur von Personen in der Cloud aufbewahrt.
sign-none-title = Keine Anmeldungen in dieser Zeit
sign-none-hint = Eine Anmeldung erscheint hier, sobald die Cloud danach fragt.
sign-none-found = Nichts gefunden
sign-none-found-hint = Wählen Sie eine längere Zeit oder ein anderes Ergebnis, oder suchen Sie nach weniger.
sign-none-activations = Keine Anfragen in dieser Zeit
sign-none-activations-hint = Eine Anfrage erscheint hier, wenn ein Gerät einer Massenverteilung seinen Benutzer nennt.
sign-show-all = Alle zeigen
sign-grid-hint = Die Pfeiltasten wählen eine Zeile. Die Eingabetaste erklärt sie.

sign-why-wrong_password = Das Verzeichnis hat das Kennwort nicht angenommen.
sign-why-empty_password = Das Kennwort war leer. Es wurde nicht an das Verzeichnis gesendet.
sign-why-unknown_user = Niemand hat diesen Namen in einem Verzeichnis.
sign-why-ambiguous_user = Der Name passt zu mehr als einer Person; darum wird niemand angemeldet.
sign-why-disabled = Das Konto ist im Verzeichnis deaktiviert.
sign-why-locked = Das Verzeichnis hat das Konto nach falschen Kennwörtern gesperrt.
sign-why-account_expired = Das Konto ist im Verzeichnis abgelaufen.
sign-why-password_expired = Das Kennwort ist richtig, aber abgelaufen.
sign-why-must_change_password = Das Kennwort ist richtig, muss aber zuerst geändert werden.
sign-why-not_allowed_now = Das Verzeichnis erlaubt dieser Person die Anmeldung zu dieser Stunde nicht.
sign-why-not_allowed_here = Das Verzeichnis erlaubt dieser Person die Anmeldung nur an bestimmten Rechnern.
sign-why-not_in_scope = Die Person ist vorhanden, gehört aber zu keiner Zuordnung.
sign-why-not_imported = Die Person gehört zu einer Zuordnung, aber ein anderer Benutzer hat Namen oder Adresse.
sign-why-directory_unavailable = Das Verzeichnis konnte nicht gefragt werden.
sign-why-timeout = Das Verzeichnis hat nicht innerhalb der Frist geantwortet.
sign-why-throttled = Zu viele falsche Kennwörter. Der Versuch wurde nicht weitergegeben, damit das Verzeichnis das Konto nicht sperrt.
sign-why-expired_request = Die Anfrage kam zu spät oder ein zweites Mal.
sign-why-user_not_found = Niemand hat diesen Namen in einem Verzeichnis.
sign-why-user_disabled = Das Konto ist im Verzeichnis deaktiviert.
sign-why-user_has_no_email = Die Person hat im Verzeichnis keine E-Mail-Adresse oder keinen Benutzernamen.
sign-why-no_deployment = Die Person gehört zu keiner Zuordnung für die Massenverteilung.

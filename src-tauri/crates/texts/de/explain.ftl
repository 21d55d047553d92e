## Was über jemanden bekannt ist.

explain-unknown = Niemand heißt „{ $user }“ in einem Verzeichnis, und die Cloud hat niemanden dieses Namens.
explain-several =
    { $n ->
        [one] Mit „{ $user }“ kann { $n } Person gemeint sein:
       *[other] Mit „{ $user }“ können { $n } Personen gemeint sein:
    }
explain-not_covered = { $name } ({ $account }) ist in keiner Zuordnung. { $reason }
explain-skipped = { $name } gehört zu „{ $mapping }“ und wird übersprungen. { $reason }
explain-waiting = { $name } steht auf einer Liste von „{ $mapping }“, die auf eine Freigabe wartet. { $reason }
explain-refused = { $name } gehört zu „{ $mapping }“, und die Cloud lehnt die Person ab. { $reason }
explain-not_yet = { $name } gehört zu „{ $mapping }“, und noch kein Import hat die Person in die Cloud gebracht. { $reason }
explain-inactive = { $name } ist in der Cloud deaktiviert (Daten bleiben erhalten). { $reason }
explain-active = { $name } wird durch „{ $mapping }“ importiert und ist in der Cloud aktiv.
explain-gone = Das Verzeichnis „{ $account }“ zeigt niemanden dieses Namens mehr.
explain-covered = „{ $mapping }“: gehört dazu
explain-outside = „{ $mapping }“: gehört nicht dazu. { $reason }
explain-cloud-active = In der Cloud: aktiv als { $user_name }, bestätigt { $at_ms }
explain-cloud-inactive = In der Cloud: inaktiv als { $user_name }, bestätigt { $at_ms }
explain-sign-in = Anmeldung { $at_ms }: { $outcome }
explain-budget = Falsche Kennwörter: { $wrong } von { $allowed }
explain-held = Falsche Kennwörter: { $wrong } von { $allowed }. Anmeldungen werden bis { $held_until_ms } zurückgehalten, damit das Verzeichnis das Konto nicht sperrt.
explain-not-in = Nicht gefunden in „{ $account }“.
explain-not-asked = „{ $account }“ konnte nicht gefragt werden: { $error }

## The same beside a list in the window.

explain-title = Namen erklären
explain-name = Benutzername, UPN, E-Mail-Adresse oder DOMÄNE\Benutzer
explain-list =
    { $n ->
        [one] Über die Liste von „{ $mapping }“ mit { $n } Person entscheiden
       *[other] Über die Liste von „{ $mapping }“ mit { $n } Personen entscheiden
    }
explain-do = Erklären
explain-empty = Geben Sie einen Namen so ein, wie ihn jemand zum Anmelden eingibt. Niemand wird dadurch angemeldet, und nichts geht an die Cloud.
explain-asking = Die Verzeichnisse werden gefragt
explain-standing-not_covered = In keiner Zuordnung
explain-standing-skipped = Ausgelassen
explain-standing-waiting = Wartet auf Freigabe
explain-standing-refused = Von der Cloud abgelehnt
explain-standing-not_yet = Noch nicht importiert
explain-standing-inactive = Deaktiviert
explain-standing-active = Aktiv
explain-entry = Eintrag
explain-copy = { $what } kopieren
explain-copied = Kopiert
explain-mappings = Zuordnungen
explain-in-cloud = In der Cloud
explain-not-in-cloud = Die Cloud hat diese Person nicht.
explain-budget-title = Falsche Kennwörter
explain-last-sign-in = Letzte Anmeldung
explain-sign-ins = Letzte Anmeldungen
explain-no-sign-ins = Nie über diesen Connector angemeldet, soweit es aufbewahrt ist.
explain-imports = Importe
explain-no-imports = Es ist kein Import aufbewahrt, der etwas mit dieser Person getan hat.

## Alle, die die Cloud hat oder die Importe ausgelassen haben; eine einzelne Person.

nav-people = Personen
page-people = Alle, die die Cloud hat oder die letzten Importe ausgelassen haben, und warum.
who-search = Name, E-Mail oder DN suchen
who-all = Alle
who-active = Aktiv
who-inactive = Deaktiviert
who-skipped = Ausgelassen
who-waiting = Warten auf Freigabe
who-refused = Von der Cloud abgelehnt
who-states = Zustand
who-list = Personen
who-name = Name
who-user-name = Benutzername
who-email = E-Mail-Adresse
who-mapping = Zuordnung
who-state = Zustand
who-changed = Letzte Änderung
who-none = Noch niemand
who-none-do = Personen erscheinen hier mit dem ersten Import einer Zuordnung.
who-none-found = Hier passt niemand
who-none-found-do = Hier stehen nur Personen der letzten Importe. Alle anderen werden in den Verzeichnissen nachgeschlagen.
who-look-up = { $user } nachschlagen
who-more = Alles über diese Person
who-which = Wer ist gemeint
who-tab-why = Warum
who-tab-history = Verlauf
who-tab-sign_ins = Anmeldungen
who-tab-test = Anmeldung testen
who-tab-cloud = In der Cloud
who-tabs = Was bekannt ist
who-loading = Die Verzeichnisse werden gefragt
who-last = Nach dem letzten Import
who-show-import = Diesen Import zeigen
who-test-why = Das Kennwort geht wie bei einer echten Anmeldung an das Verzeichnis und wird nirgends aufbewahrt. Ein falsches zählt: Nach zu vielen sperrt das Verzeichnis oder der Connector die Person für eine Weile aus.
who-test-password = Kennwort
who-test-do = Anmelden
who-test-took = Getestet mit { $user }.
who-grace =
    { $n ->
        [one] Das Kennwort ist abgelaufen; { $n } Anmeldung ist noch möglich.
       *[other] Das Kennwort ist abgelaufen; { $n } Anmeldungen sind noch möglich.
    }
who-expires =
    { $n ->
        [one] Das Kennwort läuft innerhalb von { $n } Tag ab.
       *[other] Das Kennwort läuft innerhalb von { $n } Tagen ab.
    }
search-group-people = Personen
search-group-look_up = In den Verzeichnissen
search-look-up = „{ $user }“ nachschlagen
over-show-people = Anzeigen

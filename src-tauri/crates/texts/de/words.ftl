## Pieces of other texts.

list-or = { $first } oder { $last }

field-user_name = Benutzername
field-email = E-Mail-Adresse
field-display_name = Anzeigename
field-given_name = Vorname
field-surname = Nachname
field-department = Abteilung
field-country = Land
field-mapping = Zuordnung
field-title = Titel

## A time, to the minute.

time-at = { $day }.{ $month }.{ $year } { $hour }:{ $minute } ({ $zone })

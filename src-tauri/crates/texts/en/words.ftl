## Pieces of other texts.

# The last two of several that would each do: "A, B or C".
list-or = { $first } or { $last }

# What a person has in the cloud, as in "Changed: title, country."
field-user_name = user name
field-email = e-mail address
field-display_name = display name
field-given_name = given name
field-surname = surname
field-department = department
field-country = country
field-mapping = mapping
field-title = title

## A time, to the minute.

time-at = { $year }-{ $month }-{ $day } { $hour }:{ $minute } ({ $zone })

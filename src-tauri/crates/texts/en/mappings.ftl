## Mappings and their editor.

map-name = Name
map-account = Account
map-base = Base DN
map-name-from = Name used for creation
map-cn = Common Name
map-upn = User Principal Name
map-units = Organizational units
map-units-hint = None chosen means everyone under the base DN.
map-search-units = Search units
map-expand = Expand { $name }
map-collapse = Collapse { $name }
map-groups = Groups
map-search-groups = Search groups
map-members =
    { $n ->
        [one] { $n } member
       *[other] { $n } members
    }
map-nested = Include nested groups
map-none = Nothing found.
map-exceptions = Exceptions
map-exceptions-hint = Whoever is left out here is not imported, whatever the criteria say. Whoever is added is imported without meeting them.
map-not-units = Organizational units left out
map-not-groups = Groups left out
map-not-people = People left out
map-add-people = People added
map-search-people = Search: { $label }
map-search-people-hint = Name, user name or e-mail address
map-nobody-named = Nobody
map-named =
    { $n ->
        [one] { $n } person chosen
       *[other] { $n } people chosen
    }
map-filter = Attribute filter
map-filter-none = No filter
map-filter-conditions = Conditions
map-filter-manual = Manual filter (RFC 4515)
map-join = Combine conditions with
map-all = AND
map-any = OR
map-attribute = Attribute
map-operator = Operator
map-value = Value
map-add-condition = Add condition
map-add-group = Add group
map-remove-condition = Remove condition { $n }
map-shown = Filter sent to the directory
map-matches =
    { $n ->
        [one] { $n } person matches.
       *[other] { $n } people match.
    }
map-matches-part =
    { $n ->
        [one] At least { $n } person matches; the directory did not return everything.
       *[other] At least { $n } people match; the directory did not return everything.
    }
map-pane = Whom it takes
map-examples = For example
map-examples-more =
    { $n ->
        [one] And { $n } more person
       *[other] And { $n } more people
    }
map-before =
    { $n ->
        [one] { $n } person at the last import
       *[other] { $n } people at the last import
    }
map-as-before = As many as before
map-more = { $n } more than before
map-fewer = { $n } fewer than before
map-page1 = Who
map-page2 = Profile and storage
map-profile = Profile
map-storage = Storage region
map-quota = Quota per user in GB
map-quota-hint = Empty means no limit.
map-auto = Import automatically
map-email = Send activation e-mail
map-mass = Use for mass deployment
map-department = Department
map-country = Country
map-list-hint = Several values, separated by semicolons; any one is enough.

maps-new = New mapping
maps-up = Move { $name } up
maps-down = Move { $name } down
maps-hint = A person matched by several mappings belongs to the first. Drag a row, or use the arrows.
maps-edit = Edit
maps-preview = Preview
maps-first = Before you save, run the preview of the mapping in its current form.
maps-unchecked = The mapping is saved, but what it names was not checked: each import checks it.
maps-remove-sure = Remove { $name }? Its people in the cloud stay as they are.
maps-empty = No mappings yet.

op-equals = equals
op-not_equals = does not equal
op-starts_with = starts with
op-ends_with = ends with
op-contains = contains
op-at_least = at least
op-at_most = at most
op-present = is present
op-absent = is absent

page-editor = Whom the mapping takes, and what they get in the cloud. It is saved after you have seen its preview.
map-finish-condition = Enter a value for each condition, or remove it.
map-mend-filter = Correct the filter to continue.
maps-moved = { $name } is now number { $n }.
maps-rank = Rank
maps-name = Mapping
maps-people = People
maps-skipped = Skipped
maps-last = Last import
maps-state = State
maps-actions = Actions
maps-unit =
    { $n ->
        [0] Unit { $name }
       *[other] Unit { $name } and { $n } more
    }
maps-group =
    { $n ->
        [0] group { $name }
       *[other] group { $name } and { $n } more
    }
maps-not-unit =
    { $n ->
        [0] not in unit { $name }
       *[other] not in unit { $name } and { $n } more
    }
maps-not-group =
    { $n ->
        [0] not in group { $name }
       *[other] not in group { $name } and { $n } more
    }
maps-added =
    { $n ->
        [one] { $n } person by name
       *[other] { $n } people by name
    }
maps-left-out =
    { $n ->
        [one] without { $n } person by name
       *[other] without { $n } people by name
    }
maps-department = department { $values }
maps-country = country { $values }
maps-filter = with a filter
maps-everyone = Everyone under { $base }
maps-state-importing = Importing
maps-state-never = Waits for its first import
maps-state-changed = Changed; waits for your preview and import
maps-state-elsewhere = Imported by the connector on { $host }
maps-state-failed = The last import was not complete
maps-state-good = Up to date

## Mappings that the cloud sent, which wait for an administrator.

prop-title = Sent by the cloud
prop-waiting =
    { $n ->
        [one] { $n } mapping of the cloud waits for your approval. Nothing is read or sent by it before that.
       *[other] { $n } mappings of the cloud wait for your approval. Nothing is read or sent by them before that.
    }
prop-new = New mapping
prop-change = Changes "{ $name }"
prop-came = Received { $at }
prop-review = Review
prop-review-name = Review { $name }
prop-purpose = The cloud asks for this mapping. Compare it with today's, look at whom it takes, then approve or refuse it.
prop-same = The mapping is already here as the cloud asks for it. An approval changes nothing.
prop-what = What would change
prop-setting = Setting
prop-today = Today
prop-then = After approval
prop-changed = Changed
prop-kept-n =
    { $n ->
        [one] { $n } setting stays as it is
       *[other] { $n } settings stay as they are
    }
prop-rank = Rank
prop-rank-last = At the end
prop-yes = Yes
prop-no = No
prop-nobody-left-out = No restriction
prop-unlimited = No limit
prop-default = Default of the cloud
prop-gb = { $n } GB
prop-attributes = Attributes
prop-selects-by = Selects people by
prop-selects-by-none = No attribute: only by place and group
prop-sends = Sends of each person
prop-people = Whom it would take
prop-people-hint = Look at whom the mapping would take. You can approve it once this preview has been read.
prop-decide = Decision
prop-hash = Approval is for exactly this version: { $hash }
prop-read = I have compared the settings and looked at the people
prop-approve = Approve this mapping
prop-refuse = Refuse
prop-refuse-title = Refuse the mapping "{ $name }"?
prop-refuse-text = It is forgotten here, and nothing changes. The cloud can send it again.
prop-approved = "{ $name }" is approved. Its first import waits until you start it.
prop-refused = "{ $name }" was refused. Nothing has changed.
prop-stale = The cloud has sent another version of this mapping meanwhile. Compare it again.
prop-first = Wait for the preview, then confirm that you have looked at it.
prop-gone = This mapping no longer waits. It was approved or refused, or the cloud sent another.
prop-back = All mappings
prop-do = Review the mapping
nav-proposed =
    { $n ->
        [one] { $n } mapping of the cloud waits for approval
       *[other] { $n } mappings of the cloud wait for approval
    }

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

## Imports of the past: the list, one of them, and what it did to whom.

nav-imports = Imports
page-imports = What each import did, to whom, and why.
imp-mapping = Mapping
imp-all-mappings = All mappings
imp-finished = Finished
imp-took = Duration
imp-result = Result
imp-list = Imports, the newest first
imp-import = Import
imp-of-full = { $mapping } · everybody
imp-of-changes = { $mapping } · changes only
imp-open = Show the import of { $mapping }, { $at }
imp-none = No import yet
imp-none-do = Look at the preview of a mapping, then start its first import.
imp-none-of = There is no import of this mapping.
imp-state-done = Done
imp-state-nothing = Nothing to change
imp-state-waits = Waits for approval
imp-state-refused = Partly refused
imp-state-later = Goes on later
imp-state-cancelled = Cancelled
imp-state-failed = Not complete
imp-later-at = The cloud asked to wait until { $at }
imp-reading =
    { $n ->
        [one] Importing "{ $mapping }": { $n } person read
       *[other] Importing "{ $mapping }": { $n } people read
    }
imp-sending =
    { $total ->
        [one] Importing "{ $mapping }": { $done } of { $total } person acknowledged by the cloud
       *[other] Importing "{ $mapping }": { $done } of { $total } people acknowledged by the cloud
    }

imp-title = Import of { $mapping }, { $at }
imp-facts-full =
    { $read ->
        [one] Full import: { $read } person read in { $took }.
       *[other] Full import: { $read } people read in { $took }.
    }
imp-facts-changes =
    { $read ->
        [one] The directory told of a change: { $read } person read in { $took }.
       *[other] The directory told of changes: { $read } people read in { $took }.
    }
imp-acknowledged =
    { $n ->
        [one] The cloud acknowledged { $n } person.
       *[other] The cloud acknowledged { $n } people.
    }
imp-approved-deactivate =
    { $n ->
        [one] The deactivation of { $n } person was approved for this import.
       *[other] The deactivation of { $n } people was approved for this import.
    }
imp-approved-relink =
    { $n ->
        [one] The link of { $n } person was approved for this import.
       *[other] The links of { $n } people were approved for this import.
    }
# What started an import.
imp-started = Started { $how }.
started-schedule = on schedule
started-changes = after a change in the directory
started-window = from the window
started-command_line = from the command line
started-cloud = by the cloud
imp-assumed =
    { $n ->
        [one] For { $n } person the cloud confirmed the change, but did not show the result.
       *[other] For { $n } people the cloud confirmed the change, but did not show the result.
    }
imp-gone = This import is not kept any longer
imp-gone-do = Imports are kept for 90 days, and while there is room.
imp-people-gone = Who they were is not kept any longer. The numbers are.
imp-what = What it did
imp-people = People of this import
imp-nobody = It changed nobody.
imp-nobody-found = Nobody here matches. Change the search or choose another group.
imp-find = Search name, e-mail or DN
imp-who = Person
imp-change = Change
imp-why = Why, and what changed
imp-reason = Why
imp-everybody = Everybody
imp-refused = Refused by the cloud
imp-shown =
    { $n ->
        [one] { $n } person
       *[other] { $n } people
    }
imp-same = Unchanged people are not listed.
import-did-create = Added
import-did-update = Updated
import-did-preserve = Deactivated (data preserved)
import-did-reactivate = Reactivated
import-did-adopt = Linked
import-did-skip = Skipped
import-did-hold = On hold
import-did-unchanged = Unchanged
imp-postponed = Not sent yet: { $error }
imp-from-to = { $field }: { $before } → { $after }
imp-empty = (empty)

one-title = What the import did
one-before = Before
one-after = After
one-field = Field
one-sent = In the cloud since

## What a reason is called where many have it.

why-new = Not in the cloud yet
why-same = Already in the cloud
why-never_seen = Not in the directory by this identity
why-mapping_removed = Mapping removed
why-back = In scope again
why-disabled = Disabled in the directory
why-no_email = No e-mail address
why-unusable_email = Unusable e-mail address
why-lost_email = E-mail address lost
why-no_user_name = No user name
why-claimed = Belongs to a mapping of higher rank
why-same_user_name = User name used twice
why-same_identity = Unique identifier used twice
why-same_email = E-mail address used twice
why-name_of_former = Name of somebody who is gone
why-reused_identity = Unique identifier of somebody else
why-relinked = New entry in the directory
why-linked_by_email = Found in the cloud by e-mail address
why-linked_by_user_name = Found in the cloud by user name
why-ambiguous = Matches more than one user
why-moved = Came from another mapping
why-may_belong_to = Other account does not answer
why-moves_to = Moves to another mapping
why-changed = Values changed
why-mapping_changed = The mapping changed
why-deleted = Deleted from the directory
why-approved = Approved by an administrator
why-back_again = Missing, then found again
why-left_base = Left the base DN
why-left_units = Left the organizational units
why-left_groups = Not in the groups
why-left_department = Left the department
why-no_department = No department
why-left_country = Left the country
why-no_country = No country
why-left_filter = Does not match the filter
why-left_conditions = Does not meet the conditions
why-excluded_unit = Left out by organizational unit
why-excluded_group = Left out by group
why-excluded_person = Left out by name
why-no_person = Not a person
why-undecided = Cannot be judged
why-on_other_server = On another server
why-out_of_sight = Out of sight
why-other_server = Another server, or read rights lost
why-older_state = The server shows an older state
why-not_proven = Absence is not proven

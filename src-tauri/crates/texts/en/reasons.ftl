## Why something happens to a person of a plan.

reason-new = Not in the cloud yet.
reason-never_seen = The cloud has this person, but the directory shows nobody with this identity.
reason-mapping_removed = The mapping "{ $mapping }" was removed.
reason-same = Already in the cloud.
reason-back = Inactive in the cloud, and in scope again.
reason-disabled = Disabled in the directory.
reason-no_email = Has no e-mail address in the directory.
reason-unusable_email = Has no e-mail address in the directory, only "{ $value }".
reason-lost_email = Has no e-mail address in the directory anymore. Stays active in the cloud with the address it has there.
reason-no_user_name =
    { $name_from ->
        [cn] Has no common name in the directory.
       *[upn] Has no user principal name or login name in the directory.
    }
reason-claimed = Belongs to the mapping "{ $mapping }", which has a higher priority.
reason-same_user_name = Has the same user name as { $other }.
reason-same_identity = Has the same unique identifier as { $other }.
reason-same_email = Has the same e-mail address as { $other }.
reason-name_of_former = { $other } is gone from the directory, and the cloud still has that user with the same user name or e-mail address, but not with both: not the same person. The cloud may refuse this person until that user is renamed or deleted there.
reason-relinked = Has a new entry in the directory (before: { $former }, unique identifier { $identity }), and keeps the same user in the cloud.
reason-reused_identity = Has the unique identifier that { $former } had, and neither that DN, user name nor e-mail address: it may be somebody else by now. Once approved, the user in the cloud is theirs; if it is somebody else, correct the identifier in the directory.
reason-linked_by_email = The cloud has { $name } with the same e-mail address; the person is linked, not duplicated.
reason-linked_by_user_name = The cloud has { $name } with the same user name; the person is linked, not duplicated.
reason-ambiguous = More than one user matches: { $name }. Make one of them different.
reason-moved = Belonged to the mapping "{ $mapping }" before.
reason-may_belong_to = No longer in this mapping. Whether "{ $mapping }" has the person is unknown, because the directory of its account does not answer.
reason-moves_to = Now belongs to the mapping "{ $mapping }", and moves when that mapping is imported.
reason-changed = Changed: { $fields }.
reason-mapping_changed = A value that the mapping sets has changed.
reason-deleted = Deleted from the directory (checked by identity).
reason-approved = Cannot be found anymore; an administrator approved the deactivation.
reason-back_again = Was missing when the mapping was read, but can be found again. The next import decides.
reason-left_base = Now at { $dn }, which is not below { $base }.
reason-left_units = Now at { $dn }, outside the mapping's organizational units.
reason-left_groups = Not a member of { $groups }.
reason-left_department = Department is { $now }, not { $wanted }.
reason-no_department = Department is empty, not { $wanted }.
reason-left_country = Country is { $now }, not { $wanted }.
reason-no_country = Country is empty, not { $wanted }.
reason-left_filter = Does not match the filter { $filter }.
reason-left_conditions = Does not meet the conditions { $filter }.
reason-excluded_unit = Now at { $dn }, in an organizational unit that the mapping leaves out.
reason-excluded_group = Left out by membership of { $groups }.
reason-excluded_person = Left out by name in the mapping "{ $mapping }".
reason-out_of_sight = Cannot be found, and neither can anybody else in { $place }: deleted, or the bind account cannot read it.
reason-no_person = Not of an object class that makes a person.
reason-undecided =
    { $criterion ->
        [identity] Cannot be judged: an entry is where the person was, and its unique identifier cannot be read, or is that of somebody else.
        [person] Cannot be judged: the directory does not say whether the entry is a person.
        [base] Cannot be judged: the directory does not say whether the person is below the base DN.
        [excluded_units] Cannot be judged: the directory does not say whether the person is in an organizational unit that is left out.
        [excluded_groups] Cannot be judged: the directory does not say whether the person is in a group that is left out.
        [excluded_people] Cannot be judged: the directory does not say whether the person is left out.
        [units] Cannot be judged: the directory does not say whether the person is in the organizational units.
        [groups] Cannot be judged: the directory does not show the members of every group.
        [department] Cannot be judged: the directory does not say which department the person is in.
        [country] Cannot be judged: the directory does not say which country the person is in.
        [filter] Cannot be judged: the directory neither says that the filter matches nor that it does not.
        [conditions] Cannot be judged: the directory neither says that the conditions are met nor that they are not.
       *[enabled] Cannot be judged: the directory neither says that the rule for enabled people holds nor that it does not.
    }
reason-on_other_server = Not found, and the place is on another server ({ $url }), which is not read.
reason-other_server = Not found, but either another server answered than the last time, or the bind account has lost read rights. The next import from the same server decides.
reason-older_state = Not found, but the server shows an older state of the directory than before.
reason-not_proven = Not found, but the read was not complete: { $error }

# Beside the reason of somebody who waits for an approval.
needs-approval =
    { $kind ->
        [relink]
            { $people ->
                [one] Waits for the approval of list { $list }.
               *[other] One of { $people } people who would be linked to their users; waits for the approval of list { $list }.
            }
       *[deactivate]
            { $people ->
                [one] Waits for the approval of list { $list }.
               *[other] One of { $people } people who would be deactivated (data preserved); waits for the approval of list { $list }.
            }
    }

# Beside the reason of somebody who was sent before.
refused-before = The cloud refused this person the last time: { $error }

## What is odd about the people and groups of a directory.

find-title = Worth knowing about this directory ({ $n })
find-missing_email =
    { $n ->
        [one] { $n } person has no e-mail address and is skipped.
       *[other] { $n } people have no e-mail address and are skipped.
    }
find-unusable_email =
    { $n ->
        [one] { $n } person has a value for the e-mail address that is not an address.
       *[other] { $n } people have a value for the e-mail address that is not an address.
    }
find-lost_email =
    { $n ->
        [one] { $n } person lost the e-mail address in the directory and stays active in the cloud with the old one.
       *[other] { $n } people lost the e-mail address in the directory and stay active in the cloud with the old one.
    }
find-missing_user_name =
    { $n ->
        [one] { $n } person has no user name and is skipped.
       *[other] { $n } people have no user name and are skipped.
    }
find-duplicate_email =
    { $n ->
        [one] { $n } person has the e-mail address of somebody else and is skipped.
       *[other] { $n } people have the e-mail address of somebody else and are skipped.
    }
find-duplicate_user_name =
    { $n ->
        [one] { $n } person has the user name of somebody else and is skipped.
       *[other] { $n } people have the user name of somebody else and are skipped.
    }
find-duplicate_identity =
    { $n ->
        [one] { $n } entry has the unique identifier of another one and is skipped.
       *[other] { $n } entries have the unique identifier of another one and are skipped.
    }
find-other_mapping =
    { $n ->
        [one] { $n } person belongs to a mapping of higher priority.
       *[other] { $n } people belong to a mapping of higher priority.
    }
find-odd_characters =
    { $n ->
        [one] { $n } person has invisible or misplaced characters in a name or address.
       *[other] { $n } people have invisible or misplaced characters in a name or address.
    }
find-large_group =
    { $n ->
        [one] { $n } group has so many members that they are not counted.
       *[other] { $n } groups have so many members that they are not counted.
    }
find-circular_group =
    { $n ->
        [one] { $n } group contains itself through other groups; each member counts once.
       *[other] { $n } groups contain themselves through other groups; each member counts once.
    }
find-other_server =
    { $n ->
        [one] { $n } person is on hold: the directory does not show the person, and is not known to be the one of the last time. Either another server answered, or the bind account has lost read rights. Check both. If both are right, the next import decides.
       *[other] { $n } people are on hold: the directory does not show them, and is not known to be the one of the last time. Either another server answered, or the bind account has lost read rights. Check both. If both are right, the next import decides.
    }
find-older_state =
    { $n ->
        [one] { $n } person is on hold: the server shows an older state of the directory than before. If a backup was restored and is right, import with --accept-directory; otherwise wait until the server is up to date.
       *[other] { $n } people are on hold: the server shows an older state of the directory than before. If a backup was restored and is right, import with --accept-directory; otherwise wait until the server is up to date.
    }
find-member_no_person =
    { $n ->
        [one] { $n } member of the groups is of no object class that makes a person, and is not imported. The account's person_class says which do.
       *[other] { $n } members of the groups are of no object class that makes a person, and are not imported. The account's person_class says which do.
    }
find-undecided =
    { $n ->
        [one] { $n } person cannot be judged: the directory neither says that a rule holds for them nor that it does not. Nothing changes for them. Check spelling and values of the rule, and that the bind account can read its attributes.
       *[other] { $n } people cannot be judged: the directory neither says that a rule holds for them nor that it does not. Nothing changes for them. Check spelling and values of the rule, and that the bind account can read its attributes.
    }
find-on_other_server =
    { $n ->
        [one] { $n } part of the directory is on another server and is not read. Add an account and a mapping for that server, or use the global catalog (port 3269).
       *[other] { $n } parts of the directory are on other servers and are not read. Add an account and a mapping for each of these servers, or use the global catalog (port 3269).
    }

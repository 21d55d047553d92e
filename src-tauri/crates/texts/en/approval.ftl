## The page on which a list of people is approved: exactly that list.

appr-title-deactivate = Deactivations of { $mapping } that wait
appr-title-relink = New entries of { $mapping } that wait
page-approval = Exactly these people. Nothing of it is sent before you approve the list.
appr-ask-deactivate =
    { $n ->
        [one] Deactivate { $n } person of { $mapping }?
       *[other] Deactivate { $n } people of { $mapping }?
    }
appr-ask-relink =
    { $n ->
        [one] Link { $n } person of { $mapping }?
       *[other] Link { $n } people of { $mapping }?
    }
appr-why-deactivate = Within 24 hours, imports may deactivate { $percent } % of a mapping or { $people } of its people without asking, whichever is more, but never everybody. This list goes beyond that.
appr-then-deactivate = Once you approve: they become inactive in the cloud, and their data is preserved. Whoever is in scope again later is reactivated by an import.
appr-why-relink = The directory shows these people under a new unique identifier, as after a migration, or under one that somebody with other names had.
appr-then-relink = Once you approve: they keep their users in the cloud, which are linked to the new entries.
appr-limits = Change the limits
appr-made = The list is from the import of { $at }.
appr-reasons = Reasons
appr-people = People on the list
appr-nobody-found = Nobody on the list matches the search.
appr-do-deactivate =
    { $n ->
        [one] Deactivate { $n } person
       *[other] Deactivate { $n } people
    }
appr-do-relink =
    { $n ->
        [one] Link { $n } person
       *[other] Link { $n } people
    }
appr-sure-deactivate =
    { $n ->
        [one] Deactivate { $n } person?
       *[other] Deactivate { $n } people?
    }
appr-sure-relink =
    { $n ->
        [one] Link { $n } person?
       *[other] Link { $n } people?
    }
appr-type = Type { $n } to confirm
appr-running = Approved. The import is running.
appr-ended-deactivate =
    { $n ->
        [one] You approved the deactivation of { $n } person. The import has ended.
       *[other] You approved the deactivation of { $n } people. The import has ended.
    }
appr-ended-relink =
    { $n ->
        [one] You approved the link of { $n } person. The import has ended.
       *[other] You approved the links of { $n } people. The import has ended.
    }
appr-what = Show what it did
appr-stale = The list has changed, so your approval was not used: nobody on it was touched.
appr-renewing = The directory is read again, and the list is made anew.
appr-renewed =
    { $n ->
        [one] The list was made anew. It had { $n } person before. Look at it again before you approve it.
       *[other] The list was made anew. It had { $n } people before. Look at it again before you approve it.
    }
appr-renewed-none = The list was made anew: nobody waits any longer.
appr-none = Nobody waits for an approval here
appr-none-do = The list was approved, or an import made it anew and did not need it.
appr-renew = Make the list anew
appr-busy = An import of this mapping is running. It makes the list anew.

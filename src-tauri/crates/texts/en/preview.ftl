## The preview of an import.

pre-run = Run the preview
pre-again = Run the preview again
pre-intro = The preview reads the directory and changes nothing.
pre-reading =
    { $n ->
        [one] { $n } person read
       *[other] { $n } people read
    }
pre-incomplete = The directory did not return everything. People who were not read stay unchanged.
pre-show = Show
pre-people = People
pre-found =
    { $n ->
        [one] { $n } person
       *[other] { $n } people
    }
pre-csv = Export as CSV
pre-approve-hint-deactivate =
    { $n ->
        [one] { $n } person would be deactivated (data preserved). This waits for your approval. List { $hash }
       *[other] { $n } people would be deactivated (data preserved). This waits for your approval. List { $hash }
    }
pre-approve-hint-relink =
    { $n ->
        [one] { $n } person has a new entry and would be linked to the same user. This waits for your approval. List { $hash }
       *[other] { $n } people have a new entry and would be linked to the same users. This waits for your approval. List { $hash }
    }
list-deactivate = Waiting for approval: deactivate (data preserved)
list-relink = Waiting for approval: link

change-all = All
change-create = Create
change-update = Update
change-preserve = Deactivate (data preserved)
change-reactivate = Reactivate
change-adopt = Link
change-skip = Skip
change-hold = On hold
change-unchanged = Unchanged

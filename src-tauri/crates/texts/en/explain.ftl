## What is known of somebody.

explain-unknown = Nobody is named "{ $user }" in any directory, and the cloud has nobody of that name.
explain-several =
    { $n ->
        [one] { $n } person may be meant by "{ $user }":
       *[other] { $n } people may be meant by "{ $user }":
    }
explain-not_covered = { $name } ({ $account }) is in no mapping. { $reason }
explain-skipped = { $name } is covered by "{ $mapping }" and is skipped. { $reason }
explain-waiting = { $name } is on a list of "{ $mapping }" that waits for an approval. { $reason }
explain-refused = { $name } is covered by "{ $mapping }", and the cloud refuses them. { $reason }
explain-not_yet = { $name } is covered by "{ $mapping }", and no import has brought them to the cloud yet. { $reason }
explain-inactive = { $name } is deactivated in the cloud (data preserved). { $reason }
explain-active = { $name } is imported by "{ $mapping }" and active in the cloud.
explain-gone = The directory "{ $account }" shows nobody of that name any more.
explain-covered = "{ $mapping }": covered
explain-outside = "{ $mapping }": not covered. { $reason }
explain-cloud-active = In the cloud: active as { $user_name }, acknowledged { $at_ms }
explain-cloud-inactive = In the cloud: inactive as { $user_name }, acknowledged { $at_ms }
explain-sign-in = Sign-in { $at_ms }: { $outcome }
explain-budget = Wrong passwords: { $wrong } of { $allowed }
explain-held = Wrong passwords: { $wrong } of { $allowed }. Sign-ins are held back until { $held_until_ms }, so that the directory does not lock the account.
explain-not-in = Not found in "{ $account }".
explain-not-asked = "{ $account }" could not be asked: { $error }

## The same beside a list in the window.

explain-title = Explain a name
explain-name = User name, UPN, e-mail address or DOMAIN\user
explain-list =
    { $n ->
        [one] Decide about the list of "{ $mapping }" with { $n } person
       *[other] Decide about the list of "{ $mapping }" with { $n } people
    }
explain-do = Explain
explain-empty = Enter a name as somebody would type it to sign in. Nobody is signed in by this, and nothing is sent to the cloud.
explain-asking = The directories are being asked
explain-standing-not_covered = In no mapping
explain-standing-skipped = Skipped
explain-standing-waiting = Waiting for approval
explain-standing-refused = Refused by the cloud
explain-standing-not_yet = Not imported yet
explain-standing-inactive = Deactivated
explain-standing-active = Active
explain-entry = Entry
explain-copy = Copy { $what }
explain-copied = Copied
explain-mappings = Mappings
explain-in-cloud = In the cloud
explain-not-in-cloud = The cloud does not have this person.
explain-budget-title = Wrong passwords
explain-last-sign-in = Last sign-in
explain-sign-ins = Last sign-ins
explain-no-sign-ins = Never signed in through this connector, as far as it is kept.
explain-imports = Imports
explain-no-imports = No import is kept that did anything to this person.

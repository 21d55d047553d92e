## What is known of somebody.

explain-unknown = Nobody is named "{ $user }" in any directory, and the cloud has nobody of that name.
explain-several =
    { $n ->
        [one] { $n } person may be meant by "{ $user }":
       *[other] { $n } people may be meant by "{ $user }":
    }
explain-not_covered = { $name } ({ $account }) is in no mapping. { $reason }
explain-skipped = { $name } is covered by "{ $mapping }" and is left out. { $reason }
explain-waiting = { $name } is on a list of "{ $mapping }" that waits for an approval. { $reason }
explain-refused = { $name } is covered by "{ $mapping }", and the cloud refuses them. { $reason }
explain-not_yet = { $name } is covered by "{ $mapping }", and no import has brought them to the cloud yet. { $reason }
explain-inactive = { $name } is deactivated in the cloud (data preserved). { $reason }
explain-active = { $name } is imported by "{ $mapping }" and active in the cloud. { $reason }
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

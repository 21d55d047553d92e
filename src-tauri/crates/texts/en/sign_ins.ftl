## How a sign-in or an activation ended.

outcome-ok = Signed in
outcome-wrong_password = Wrong password
outcome-unknown_user = Unknown user
outcome-password_expired = Password expired
outcome-must_change_password = Must change the password
outcome-locked = Account locked
outcome-disabled = Account disabled
outcome-account_expired = Account expired
outcome-not_allowed_now = Not allowed at this hour
outcome-not_allowed_here = Not allowed at this workstation
outcome-throttled = Blocked after wrong passwords
outcome-directory_unavailable = Directory unavailable
outcome-not_in_scope = Not covered by a mapping
outcome-unknown_person = Unknown person

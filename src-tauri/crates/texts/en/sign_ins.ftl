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
outcome-expired_request = Too late
outcome-activated = Activated
outcome-created_and_activated = Created and activated
outcome-token_expired = Token expired
outcome-token_unknown = Unknown token
outcome-user_not_found = Not found in the directory
outcome-user_disabled = Disabled in the directory
outcome-user_has_no_email = No e-mail address
outcome-connector_unavailable = Connector unavailable

# Why, where the journal knows more than the outcome says.
cause-not_imported = Not imported: another user has the name or address
cause-ambiguous_user = More than one person has the name

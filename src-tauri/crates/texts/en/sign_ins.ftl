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
cause-empty_password = Empty password
cause-timeout = The directory did not answer in time
cause-found = Found

## The screen of sign-ins.

sign-tabs = What is shown
sign-tab-sign_ins = Sign-ins
sign-tab-activations = Mass deployment
sign-range = Time
sign-range-hour = Last hour
sign-range-day = Last 24 hours
sign-range-week = Last 7 days
sign-range-quarter = Last 90 days
sign-outcomes = Outcome
sign-all = All
sign-failed = Failed
sign-search = Search names
sign-search-hint = Finds people whom the cloud has
sign-refresh = Refresh
sign-as-of = As of { $at }
sign-total-sign_ins =
    { $n ->
        [one] { $n } sign-in
       *[other] { $n } sign-ins
    }
sign-total-activations =
    { $n ->
        [one] { $n } look-up
       *[other] { $n } look-ups
    }
sign-time = Time
sign-who = Name
sign-outcome = Outcome
sign-mapping = Mapping
sign-took = Duration
sign-explain = Explain
sign-explain-name = Explain a name
sign-nobody = Name not kept
sign-nobody-why = Only names of people in the directory are kept.
sign-not-in-cloud = Somebody whom the cloud does not have
sign-no-account = Names are kept only of people in the cloud.
sign-none-title = No sign-ins at that time
sign-none-hint = A sign-in appears here as soon as the cloud asks for one.
sign-none-found = Nothing found
sign-none-found-hint = Choose a longer time or another outcome, or search for less.
sign-none-activations = No look-ups at that time
sign-none-activations-hint = A look-up appears here when a device of a mass deployment names its user.
sign-show-all = Show all
sign-grid-hint = The arrow keys choose a row. Enter explains it.

sign-why-wrong_password = The directory did not accept the password.
sign-why-empty_password = The password was empty. It was not sent to the directory.
sign-why-unknown_user = Nobody has this name in any directory.
sign-why-ambiguous_user = The name fits more than one person, so nobody is signed in.
sign-why-disabled = The account is disabled in the directory.
sign-why-locked = The directory has locked the account after wrong passwords.
sign-why-account_expired = The account is past its expiry date in the directory.
sign-why-password_expired = The password is right, but it has expired.
sign-why-must_change_password = The password is right, but it must be changed first.
sign-why-not_allowed_now = The directory does not allow this person to sign in at that hour.
sign-why-not_allowed_here = The directory allows this person to sign in at certain workstations only.
sign-why-not_in_scope = The person exists, but no mapping covers them.
sign-why-not_imported = A mapping covers the person, but another user has the name or address.
sign-why-directory_unavailable = The directory could not be asked.
sign-why-timeout = The directory did not answer within the deadline.
sign-why-throttled = Too many wrong passwords. The attempt was not sent on, so that the directory does not lock the account.
sign-why-expired_request = The request came too late, or was seen before.
sign-why-user_not_found = Nobody has this name in any directory.
sign-why-user_disabled = The account is disabled in the directory.
sign-why-user_has_no_email = The person has no e-mail address or no user name in the directory.
sign-why-no_deployment = No mapping for mass deployment covers the person.

## Everybody whom the cloud has, or whom the imports left out; one of them.

nav-people = People
page-people = Everybody whom the cloud has or the last imports left out, and why.
who-search = Search name, e-mail or DN
who-all = All
who-active = Active
who-inactive = Deactivated
who-skipped = Skipped
who-waiting = Waiting for approval
who-refused = Refused by the cloud
who-states = State
who-list = People
who-name = Name
who-user-name = User name
who-email = E-mail address
who-mapping = Mapping
who-state = State
who-changed = Last change
who-none = Nobody yet
who-none-do = People appear here with the first import of a mapping.
who-none-found = Nobody here matches
who-none-found-do = Only people of the last imports are listed. Anybody else is looked up in the directories.
who-look-up = Look up { $user }
who-more = All about this person
who-which = Who is meant
who-tab-why = Why
who-tab-history = History
who-tab-sign_ins = Sign-ins
who-tab-test = Test sign-in
who-tab-cloud = In the cloud
who-tabs = What is known
who-loading = The directories are being asked
who-last = By the last import
who-show-import = Show this import
who-test-why = The password goes to the directory as at a real sign-in, and is kept nowhere. A wrong one counts: after too many, the directory or the connector locks the person out for a while.
who-test-password = Password
who-test-do = Sign in
who-test-took = Tested with { $user }.
who-grace =
    { $n ->
        [one] The password has expired; { $n } sign-in is left.
       *[other] The password has expired; { $n } sign-ins are left.
    }
who-expires =
    { $n ->
        [one] The password expires within { $n } day.
       *[other] The password expires within { $n } days.
    }
search-group-people = People
search-group-look_up = In the directories
search-look-up = Look up "{ $user }"
over-show-people = Show them

## What matters most about the connector now.

headline-not_running = The connector is not running.
headline-storage_failed = Nothing can be stored: { $error } Imports wait until that is over.
headline-paused = Paused: imports wait, sign-ins continue.
headline-not_registered = Not registered with a cloud yet.
headline-revoked = The cloud no longer accepts this connector; register it again.
headline-disconnected = Not connected to the cloud: { $error } The connector keeps trying.
headline-connecting = Connecting to the cloud.
headline-password_missing = The password of the account "{ $account }" is missing on this computer. Until you enter it, nobody of this account is imported or can sign in.
headline-directory_unreachable = The directory "{ $account }" cannot be reached: imports wait, and nobody is deactivated.
headline-directory_refuses = The directory "{ $account }" does not accept the bind account: imports wait, and nobody is deactivated.
headline-reading =
    { $read ->
        [one] Connected. Importing "{ $mapping }": { $read } person read.
       *[other] Connected. Importing "{ $mapping }": { $read } people read.
    }
headline-sending =
    { $total ->
        [one] Connected. Importing "{ $mapping }": { $acknowledged } of { $total } person acknowledged.
       *[other] Connected. Importing "{ $mapping }": { $acknowledged } of { $total } people acknowledged.
    }
headline-awaiting_approval =
    { $approval ->
        [relink]
            { $people ->
                [one] Connected. { $people } person of "{ $mapping }" has a new entry in the directory and waits for your approval to be linked.
               *[other] Connected. { $people } people of "{ $mapping }" have a new entry in the directory and wait for your approval to be linked.
            }
       *[deactivate]
            { $people ->
                [one] Connected. { $people } person of "{ $mapping }" waits for your approval to be deactivated (data preserved).
               *[other] Connected. { $people } people of "{ $mapping }" wait for your approval to be deactivated (data preserved).
            }
    }
headline-asked_to_wait = Connected. The cloud asked to wait until { $until_ms }. The import of "{ $mapping }" goes on by itself then.
headline-incomplete = Connected. The last import of "{ $mapping }" was not complete: { $error }
headline-refused =
    { $people ->
        [one] Connected. The cloud refuses { $people } person of "{ $mapping }": { $error }
       *[other] Connected. The cloud refuses { $people } people of "{ $mapping }": { $error }
    }
headline-never_imported = Connected. The mapping "{ $mapping }" is waiting for its first import, which you start.
headline-mapping_changed = Connected. The mapping "{ $mapping }" was changed. Look at its preview, then import it.
headline-mapping_proposed = Connected. The cloud sent the mapping "{ $mapping }". Look at it, then approve or reject it.
headline-no_mapping = Connected. There is no mapping yet, so nobody is imported.
headline-elsewhere = Connected. The connector on { $host } imports. This one answers sign-ins and stands by.
headline-imported =
    { $people ->
        [one] Connected. { $people } person imported.
       *[other] Connected. { $people } people imported.
    }

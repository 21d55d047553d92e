## What matters most about the connector now.

headline-not_running = The connector is not running.
headline-paused = Paused by the administrator: imports wait, sign-ins go on.
headline-not_registered = Not registered with a cloud yet.
headline-revoked = The cloud no longer accepts this connector; register it again.
headline-disconnected = Not connected to the cloud: { $error } It is tried again by itself.
headline-connecting = Connecting to the cloud.
headline-password_missing = The password of account "{ $account }" is missing here: enter it; until then nobody of it is imported or signed in.
headline-directory_unreachable = Directory "{ $account }" cannot be reached: imports wait, nobody is deactivated.
headline-directory_refuses = Directory "{ $account }" refuses the connector's own account: imports wait, nobody is deactivated.
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
headline-awaiting_approval = Connected. The import of "{ $mapping }" waits for your approval: people would be deactivated (data preserved).
headline-incomplete = Connected. The last import of "{ $mapping }" is not complete: { $error }
headline-never_imported = Connected. Mapping "{ $mapping }" waits for its first import, which you start.
headline-mapping_changed = Connected. Mapping "{ $mapping }" was changed: look at its preview, then import it.
headline-no_mapping = Connected. No mapping yet, so nobody is imported.
headline-elsewhere = Connected. The connector on { $host } imports; this one answers sign-ins and stands by.
headline-imported =
    { $people ->
        [one] Connected. { $people } person imported.
       *[other] Connected. { $people } people imported.
    }

## What matters most about the connector now.

headline-not_running = Der Connector läuft nicht.
headline-storage_failed = Nichts lässt sich speichern: { $error } Importe warten, bis das vorbei ist.
headline-paused = Vom Administrator angehalten: Importe warten, Anmeldungen gehen weiter.
headline-not_registered = Noch bei keiner Cloud registriert.
headline-revoked = Die Cloud nimmt diesen Connector nicht mehr an; registrieren Sie ihn neu.
headline-disconnected = Nicht mit der Cloud verbunden: { $error } Es wird von selbst wieder versucht.
headline-connecting = Verbindet sich mit der Cloud.
headline-password_missing = Das Kennwort des Kontos „{ $account }“ fehlt hier: Geben Sie es ein; bis dahin wird niemand daraus importiert oder angemeldet.
headline-directory_unreachable = Das Verzeichnis „{ $account }“ ist nicht erreichbar: Importe warten, niemand wird deaktiviert.
headline-directory_refuses = Das Verzeichnis „{ $account }“ weist das Konto des Connectors zurück: Importe warten, niemand wird deaktiviert.
headline-reading =
    { $read ->
        [one] Verbunden. „{ $mapping }“ wird importiert: { $read } Person gelesen.
       *[other] Verbunden. „{ $mapping }“ wird importiert: { $read } Personen gelesen.
    }
headline-sending =
    { $total ->
        [one] Verbunden. „{ $mapping }“ wird importiert: { $acknowledged } von { $total } Person bestätigt.
       *[other] Verbunden. „{ $mapping }“ wird importiert: { $acknowledged } von { $total } Personen bestätigt.
    }
headline-awaiting_approval =
    { $approval ->
        [relink]
            { $people ->
                [one] Verbunden. { $people } Person von „{ $mapping }“ hat einen neuen Eintrag im Verzeichnis und wartet auf Ihre Freigabe, verknüpft zu werden.
               *[other] Verbunden. { $people } Personen von „{ $mapping }“ haben einen neuen Eintrag im Verzeichnis und warten auf Ihre Freigabe, verknüpft zu werden.
            }
       *[deactivate]
            { $people ->
                [one] Verbunden. { $people } Person von „{ $mapping }“ wartet auf Ihre Freigabe, deaktiviert zu werden (ihre Daten bleiben erhalten).
               *[other] Verbunden. { $people } Personen von „{ $mapping }“ warten auf Ihre Freigabe, deaktiviert zu werden (ihre Daten bleiben erhalten).
            }
    }
headline-asked_to_wait = Verbunden. Die Cloud bittet um eine Pause bis { $until_ms }. Der Import von „{ $mapping }“ geht dann von selbst weiter.
headline-incomplete = Verbunden. Der letzte Import von „{ $mapping }“ ist nicht vollständig: { $error }
headline-refused =
    { $people ->
        [one] Verbunden. Die Cloud lehnt { $people } Person von „{ $mapping }“ ab: { $error }
       *[other] Verbunden. Die Cloud lehnt { $people } Personen von „{ $mapping }“ ab: { $error }
    }
headline-never_imported = Verbunden. Die Zuordnung „{ $mapping }“ wartet auf ihren ersten Import, den Sie starten.
headline-mapping_changed = Verbunden. Die Zuordnung „{ $mapping }“ wurde geändert: Sehen Sie die Vorschau an, dann importieren Sie sie.
headline-mapping_proposed = Verbunden. Die Cloud hat die Zuordnung „{ $mapping }“ geschickt: Sehen Sie sie an, dann geben Sie sie frei oder lehnen Sie sie ab.
headline-no_mapping = Verbunden. Noch keine Zuordnung, also wird niemand importiert.
headline-elsewhere = Verbunden. Der Connector auf { $host } importiert; dieser beantwortet Anmeldungen und steht bereit.
headline-imported =
    { $people ->
        [one] Verbunden. { $people } Person importiert.
       *[other] Verbunden. { $people } Personen importiert.
    }

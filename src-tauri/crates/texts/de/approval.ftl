## Die Seite, auf der eine Liste von Personen freigegeben wird: genau diese Liste.

appr-title-deactivate = Wartende Deaktivierungen von { $mapping }
appr-title-relink = Wartende neue Einträge von { $mapping }
page-approval = Genau diese Personen. Nichts davon wird gesendet, bevor Sie die Liste freigeben.
appr-ask-deactivate =
    { $n ->
        [one] { $n } Person von { $mapping } deaktivieren?
       *[other] { $n } Personen von { $mapping } deaktivieren?
    }
appr-ask-relink =
    { $n ->
        [one] { $n } Person von { $mapping } verknüpfen?
       *[other] { $n } Personen von { $mapping } verknüpfen?
    }
appr-why-deactivate = Innerhalb von 24 Stunden dürfen Importe { $percent } % einer Zuordnung oder { $people } ihrer Leute ohne Rückfrage deaktivieren, was davon mehr ist, aber nie alle. Diese Liste geht darüber hinaus.
appr-then-deactivate = Nach Ihrer Freigabe werden sie in der Cloud inaktiv, und ihre Daten bleiben erhalten. Wer später wieder dazugehört, wird von einem Import reaktiviert.
appr-why-relink = Das Verzeichnis zeigt diese Personen mit einer neuen eindeutigen Kennung, wie nach einem Umzug, oder mit einer, die jemand mit anderen Namen hatte.
appr-then-relink = Nach Ihrer Freigabe behalten sie ihre Benutzer in der Cloud, die mit den neuen Einträgen verknüpft werden.
appr-limits = Grenzen ändern
appr-made = Die Liste ist vom Import am { $at }.
appr-reasons = Gründe
appr-people = Personen auf der Liste
appr-nobody-found = Niemand auf der Liste passt zur Suche.
appr-do-deactivate =
    { $n ->
        [one] { $n } Person deaktivieren
       *[other] { $n } Personen deaktivieren
    }
appr-do-relink =
    { $n ->
        [one] { $n } Person verknüpfen
       *[other] { $n } Personen verknüpfen
    }
appr-sure-deactivate =
    { $n ->
        [one] { $n } Person deaktivieren?
       *[other] { $n } Personen deaktivieren?
    }
appr-sure-relink =
    { $n ->
        [one] { $n } Person verknüpfen?
       *[other] { $n } Personen verknüpfen?
    }
appr-type = Geben Sie zur Bestätigung { $n } ein
appr-running = Freigegeben. Der Import läuft.
appr-ended-deactivate =
    { $n ->
        [one] Sie haben freigegeben, { $n } Person zu deaktivieren. Der Import ist beendet.
       *[other] Sie haben freigegeben, { $n } Personen zu deaktivieren. Der Import ist beendet.
    }
appr-ended-relink =
    { $n ->
        [one] Sie haben freigegeben, { $n } Person zu verknüpfen. Der Import ist beendet.
       *[other] Sie haben freigegeben, { $n } Personen zu verknüpfen. Der Import ist beendet.
    }
appr-what = Zeigen, was er getan hat
appr-stale = Die Liste hat sich geändert, deshalb wurde Ihre Freigabe nicht verwendet: Niemand auf ihr wurde angetastet.
appr-renewing = Das Verzeichnis wird erneut gelesen und die Liste neu gemacht.
appr-renewed =
    { $n ->
        [one] Die Liste wurde neu gemacht. Vorher stand { $n } Person darauf. Sehen Sie sie noch einmal an, bevor Sie sie freigeben.
       *[other] Die Liste wurde neu gemacht. Vorher standen { $n } Personen darauf. Sehen Sie sie noch einmal an, bevor Sie sie freigeben.
    }
appr-renewed-none = Die Liste wurde neu gemacht: Niemand wartet mehr.
appr-none = Hier wartet niemand auf eine Freigabe
appr-none-do = Die Liste wurde freigegeben, oder ein Import hat sie neu gemacht und brauchte keine Freigabe.
appr-renew = Liste neu machen
appr-busy = Ein Import dieser Zuordnung läuft. Er macht die Liste neu.

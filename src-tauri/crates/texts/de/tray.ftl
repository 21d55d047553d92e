## The menu of the tray icon.

menu-starting = Startet.
menu-open = Öffnen
menu-import = Jetzt importieren
menu-pause = Anhalten
menu-resume = Fortsetzen
menu-diagnostics = Diagnose
menu-quit = Beenden
menu-update = Auf { $version } aktualisieren…

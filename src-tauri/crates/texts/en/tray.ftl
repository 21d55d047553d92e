## The menu of the tray icon.

menu-starting = Starting.
menu-open = Open
menu-import = Import now
menu-pause = Pause
menu-resume = Resume
menu-diagnostics = Diagnostics
menu-quit = Quit
menu-update = Update to { $version }…

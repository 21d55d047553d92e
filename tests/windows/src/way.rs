//! How a setup is worked: silently, or with the keys that its pages name.

use crate::screen::Colour;
use crate::{Screen, Windows};
use std::path::Path;

/// One way or the other.
pub enum Way {
    /// `/S`: nobody is in front of it.
    Silent,
    /// Page by page.
    Clicks(Screen),
}

/// What a setup is expected to come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It goes through all of its pages.
    Finished,
    /// It says why not before its first page.
    Refused,
    /// It says that the earlier version is back, and stops.
    CameBack,
}

const NEXT: &str = "alt+n";
const INSTALL: &str = "alt+i";
const FINISH: &str = "alt+f";
const CLOSE: &str = "alt+c";
const CANCEL: &str = "Escape";
const UNINSTALL: &str = "alt+u";
const FORGET: &str = "alt+r";
const OK: &str = "Return";
const UNINSTALLER: &str = "Program Files/inSync Connector/uninstall.exe";
/// Part of every title.
const TITLE: &str = "inSync Connector";

impl Way {
    /// Runs a setup; its exit code.
    pub fn set_up(&self, windows: &Windows, setup: &Path, switches: &[&str], end: End) -> i32 {
        let Self::Clicks(screen) = self else {
            return windows.run(setup, &[&["/S"], switches].concat(), "").code;
        };
        let running = windows.start(setup, switches);
        screen.see(TITLE);
        if end == End::Refused {
            screen.picture("setup-refused");
            screen.answer(TITLE, OK);
            return running.wait();
        }
        // An upgrade goes where the earlier version is.
        let upgrade = windows.drive().join(UNINSTALLER).exists();
        for (page, key) in [("welcome", NEXT), ("folder", NEXT), ("how-it-runs", INSTALL)] {
            if page == "folder" && upgrade {
                continue;
            }
            screen.picture(&format!("setup-{page}"));
            screen.press(key);
        }
        if end == End::CameBack {
            screen.see_colour(Colour::Red);
            screen.picture("setup-came-back");
            screen.answer(TITLE, CANCEL);
        } else {
            // There is no WebView2 under Wine: the last page says so.
            screen.see_colour(Colour::Blue);
            screen.picture("setup-finish");
            screen.answer(TITLE, FINISH);
        }
        running.wait()
    }

    /// Removes what a setup installed, settings and secrets too.
    pub fn remove(&self, windows: &Windows, uninstaller: &Path) {
        let Self::Clicks(screen) = self else {
            windows.run(uninstaller, &["/S", "/PURGE"], "");
            return;
        };
        let running = windows.start(uninstaller, &[]);
        screen.see(TITLE);
        screen.choose(FORGET);
        screen.picture("uninstall-keep");
        screen.press(UNINSTALL);
        screen.answer(TITLE, CLOSE);
        running.wait();
    }
}

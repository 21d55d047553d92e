//! Where no window can be shown, or only a small one.

use desktop::Desk;
use journeys::process::{program, wait_for};
use std::fs;
use std::process::Output;
use std::time::Duration;

/// What it says where it ends by itself.
fn ends(desk: &Desk, change: impl FnOnce(&mut std::process::Command)) -> String {
    let mut command = desk.command(program("insync-connector-desktop"));
    change(&mut command);
    let Output { status, stderr, .. } = command.output().unwrap();
    let said = String::from_utf8_lossy(&stderr).into_owned();
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(!said.contains("panicked") && !said.contains(".rs:"), "{said}");
    said
}

#[test]
fn without_a_display_or_a_window_it_says_so_and_ends() {
    let desk = Desk::new();
    for display in [None, Some(":4711"), Some("nowhere.example:0")] {
        let said = ends(&desk, |command| {
            match display {
                Some(display) => command.env("DISPLAY", display),
                None => command.env_remove("DISPLAY").arg("--hidden"),
            };
        });
        assert!(said.contains("There is no display here."), "{display:?}: {said}");
    }
    // A folder of the user that is none.
    let file = desk.user_folder().join("a file");
    fs::write(&file, "").unwrap();
    let said = ends(&desk, |command| {
        command.env("HOME", &file);
    });
    assert!(said.contains("The window cannot be shown:"), "{said}");
}

#[test]
fn a_window_left_on_a_larger_screen_fits_the_one_that_there_is() {
    let desk = Desk::with_screen("1024x700");
    let folder = desk.user_folder().join(".config/com.insync.connector");
    fs::create_dir_all(&folder).unwrap();
    let state = r#"{"main":{"width":3000,"height":1900,"x":40,"y":40,"prev_x":0,"prev_y":0,
        "maximized":false,"visible":true,"decorated":true,"fullscreen":false}}"#;
    fs::write(folder.join(".window-state.json"), state).unwrap();
    let _program = desk.start(&[]);
    let (mut last, mut fits) = (String::new(), 0);
    wait_for("a window that fits, and goes on to", Duration::from_secs(30), || {
        let found = desk.command("xwininfo").args(["-name", "inSync Connector"]).output().ok()?;
        last = String::from_utf8_lossy(&found.stdout).into_owned();
        let number = |name: &str| -> Option<u32> {
            last.lines().find_map(|line| line.trim().strip_prefix(name)?.trim().parse().ok())
        };
        let is_restored = number("Width:")? > 900;
        let fits_now = number("Width:")? <= 1024 && number("Height:")? <= 700;
        fits = if fits_now && is_restored { fits + 1 } else { 0 };
        (fits > 50).then_some(())
    });
}

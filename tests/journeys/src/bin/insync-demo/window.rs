//! The window on the state that the demo leaves behind.

use crate::say;
use journeys::Connector;
use journeys::process::{Running, program, wait_for};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// The address in `ui/vite.config.ts` and `src-tauri/tauri.conf.json`.
const PAGE: &str = "localhost:1420";

/// Whether there is a display to open it on.
pub fn is_wanted() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some())
}

/// Opens the window where there is a display, and waits until it is closed. With `--dev` its page comes from the
/// development server and follows its sources.
pub fn open(connector: &Connector) {
    if !is_wanted() {
        say("window", "left out: there is no display");
        return;
    }
    let page = std::env::args().any(|word| word == "--dev").then(development_server);
    say("window", "open on this state; close it, or press Ctrl+C, to end");
    let mut command = Command::new(program("insync-connector-desktop"));
    connector.environment(&mut command);
    let window = Running::start_quiet(command, "insync-connector-desktop");
    let code = window.wait(Duration::from_hours(12));
    drop(page);
    assert_eq!(code, Some(0), "the window ended with an error");
}

fn development_server() -> Running {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui");
    let mut vite = Command::new("node");
    vite.arg("node_modules/vite/bin/vite.js").current_dir(ui).stdin(Stdio::null());
    let server = Running::start_quiet(vite, "the development server");
    wait_for("the development server", Duration::from_secs(20), || TcpStream::connect(PAGE).ok());
    say("page", &format!("http://{PAGE}/ follows the sources in ui"));
    server
}

//! The page and the configuration of the window, as the build script packed them.
#![allow(
    clippy::all,
    clippy::pedantic,
    clippy::expect_used,
    clippy::print_stderr,
    clippy::unwrap_used,
    unused_qualifications,
    reason = "generated"
)]

/// What the window is built from.
pub(crate) fn packed() -> tauri::Context {
    tauri::tauri_build_context!()
}

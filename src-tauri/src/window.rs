//! The one window: made when it is wanted, gone when it is closed.

use std::sync::atomic::{AtomicBool, Ordering};
use tauri::{AppHandle, Emitter, Manager, Theme, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// Its label, and the name in the capabilities.
pub const LABEL: &str = "main";
/// Told to the page: a screen to show, or that somebody wants to quit.
const ASKED: &str = "asked";

/// Shows the window, on a screen if one is asked for.
pub fn show(app: &AppHandle, screen: Option<&str>) {
    if let Some(window) = app.get_webview_window(LABEL) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
        if let Some(screen) = screen {
            let _ = window.emit(ASKED, screen);
        }
        return;
    }
    let page = screen.map_or("index.html".to_owned(), |screen| format!("index.html#{screen}"));
    let made = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App(page.into()))
        .title("inSync Connector")
        .inner_size(1180.0, 780.0)
        .min_inner_size(800.0, 560.0)
        .disable_drag_drop_handler()
        .build();
    match made {
        Ok(window) => draw_without_graphics_card(&window),
        Err(error) => tracing::error!("the window cannot be made: {error}"),
    }
}

/// The page has nothing to accelerate: drawn by the processor it takes a third less memory, and no driver can leave the
/// window blank.
#[cfg(target_os = "linux")]
fn draw_without_graphics_card(window: &WebviewWindow) {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};
    let set = window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    });
    if let Err(error) = set {
        tracing::debug!("the web view takes no settings: {error}");
    }
}

#[cfg(not(target_os = "linux"))]
fn draw_without_graphics_card(_: &WebviewWindow) {}

/// What the window said of the desktop last; a desktop is only asked through a window.
static DARK: AtomicBool = AtomicBool::new(false);

/// Whether the desktop is dark, as far as a window has told.
pub fn is_dark(app: &AppHandle) -> bool {
    if let Some(theme) = app.get_webview_window(LABEL).and_then(|window| window.theme().ok()) {
        DARK.store(theme == Theme::Dark, Ordering::Relaxed);
    }
    DARK.load(Ordering::Relaxed)
}

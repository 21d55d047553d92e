//! The one window: made when it is wanted, gone when it is closed.

use crate::HasTray;
use connector_texts::{Language, Texts};
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tauri::{
    AppHandle, Emitter, LogicalSize, Manager, PhysicalSize, Theme, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, WindowEvent,
};
use tauri_plugin_notification::NotificationExt;

/// Its label, and the name in the capabilities.
pub const LABEL: &str = "main";
/// Told to the page: a screen to show, or that somebody wants to quit.
const ASKED: &str = "asked";

/// As small as the page can be used.
const SMALLEST: LogicalSize<f64> = LogicalSize::new(800.0, 560.0);
/// A window is as large as it was left after so long.
const OPENS: Duration = Duration::from_secs(3);

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
        .min_inner_size(SMALLEST.width, SMALLEST.height)
        .disable_drag_drop_handler()
        .build();
    match made {
        Ok(window) => {
            draw_without_graphics_card(&window);
            keep_on_screen(&window);
        }
        Err(error) => cannot_be_shown(app, &error),
    }
}

/// A program that nobody sees and nobody can reach does not run on.
#[allow(clippy::print_stderr, reason = "where there is no window, a terminal may be all there is")]
fn cannot_be_shown(app: &AppHandle, error: &tauri::Error) {
    tracing::error!("the window cannot be made: {error}");
    let texts = Texts::of(Language::of_system());
    let said = texts.say("start-no-window", &json!({ "error": error.to_string() }));
    if app.try_state::<HasTray>().is_some_and(|tray| tray.is_shown()) {
        let notice = app.notification().builder().title(texts.text("program-name")).body(said);
        if let Err(error) = notice.show() {
            tracing::warn!("no notification: {error}");
        }
    } else {
        eprintln!("insync-connector-desktop: {said}");
        app.exit(1);
    }
}

/// A window that was left on a larger screen is made as large as this one, while it opens.
fn keep_on_screen(window: &WebviewWindow) {
    fit(window);
    let (opened, opening) = (window.clone(), Instant::now());
    window.on_window_event(move |event| {
        if matches!(event, WindowEvent::Resized(_)) && opening.elapsed() < OPENS {
            fit(&opened);
        }
    });
}

fn fit(window: &WebviewWindow) {
    let monitor = window.current_monitor().ok().flatten();
    let monitor = monitor.or_else(|| window.primary_monitor().ok().flatten());
    let (Some(monitor), Ok(size)) = (monitor, window.inner_size()) else { return };
    if window.is_maximized().unwrap_or(false) || window.is_fullscreen().unwrap_or(false) {
        return;
    }
    let area = monitor.work_area();
    let frame = window.outer_size().unwrap_or(size);
    let frame = (frame.width.saturating_sub(size.width), frame.height.saturating_sub(size.height));
    let Some(fits) = within((size.width, size.height), (area.size.width, area.size.height), frame)
    else {
        return;
    };
    let fits = PhysicalSize::new(fits.0, fits.1);
    let least = SMALLEST.to_physical::<u32>(monitor.scale_factor());
    if fits.width < least.width || fits.height < least.height {
        let _ = window.set_min_size(Some(fits));
    }
    let _ = window.set_size(fits);
    let _ = window.set_position(area.position);
}

/// The size that a window may have on a screen, with its frame; `None` where it fits.
fn within(size: (u32, u32), area: (u32, u32), frame: (u32, u32)) -> Option<(u32, u32)> {
    let room = (area.0.saturating_sub(frame.0), area.1.saturating_sub(frame.1));
    let fits = (size.0.min(room.0), size.1.min(room.1));
    (fits != size && fits.0 > 0 && fits.1 > 0).then_some(fits)
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

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn a_window_is_no_larger_than_its_screen() {
        let (screen, frame) = ((1366, 728), (4, 30));
        assert_eq!(within((1180, 690), screen, frame), None);
        assert_eq!(within((2500, 1400), screen, frame), Some((1362, 698)));
        assert_eq!(within((900, 2000), screen, frame), Some((900, 698)));
        assert_eq!(within((900, 2000), (0, 0), frame), None, "a screen that is none");
    }
}

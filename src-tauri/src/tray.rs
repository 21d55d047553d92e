//! The tray icon: what the engine says, as a shape, a sentence and a menu.

use crate::app::App;
use crate::window;
use connector_api::{TrayState, TrayView, unheard};
use connector_model::Result;
use connector_texts::{Language, Texts};
use serde_json::json;
use std::panic::AssertUnwindSafe;
use std::sync::{Mutex, PoisonError};
use tauri::image::Image;
use tauri::menu::{Menu, MenuBuilder, MenuItem, MenuItemBuilder};
use tauri::tray::{TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Wry};

/// The icon with the entries that change.
pub struct Tray {
    icon: TrayIcon,
    sentence: MenuItem<Wry>,
    import: MenuItem<Wry>,
    pause: MenuItem<Wry>,
    menu: Menu<Wry>,
    update: MenuItem<Wry>,
    offered: Mutex<Option<String>>,
    texts: &'static Texts,
}

impl Tray {
    /// Puts the icon there. `None` where the system has no place for one.
    pub fn new(app: &AppHandle) -> Option<Self> {
        // The Linux library for tray icons is loaded when first used, and its binding panics where it is missing.
        let made = std::panic::catch_unwind(AssertUnwindSafe(|| Self::build(app)));
        match made {
            Ok(Ok(tray)) => Some(tray),
            Ok(Err(error)) => {
                tracing::warn!("no tray icon: {error}");
                None
            }
            Err(_) => {
                tracing::warn!("no tray icon: the library for it is not installed");
                None
            }
        }
    }

    fn build(app: &AppHandle) -> tauri::Result<Self> {
        let texts = Texts::of(Language::of_system());
        let item = |id: &str, text: &str| MenuItemBuilder::with_id(id, texts.text(text));
        let sentence = item("sentence", "menu-starting").enabled(false).build(app)?;
        let import = item("import", "menu-import").build(app)?;
        let pause = item("pause", "menu-pause").build(app)?;
        let update = item("update", "menu-update").build(app)?;
        let menu: Menu<Wry> = MenuBuilder::new(app)
            .item(&sentence)
            .separator()
            .text("open", texts.text("menu-open"))
            .item(&import)
            .item(&pause)
            .text("diagnostics", texts.text("menu-diagnostics"))
            .separator()
            .text("quit", texts.text("menu-quit"))
            .build()?;
        let icon = TrayIconBuilder::with_id("status")
            .icon(image(TrayState::Disconnected, false))
            .menu(&menu)
            .show_menu_on_left_click(false)
            .on_menu_event(|app, event| chosen(app, event.id().as_ref()))
            .on_tray_icon_event(|icon, event| {
                if let TrayIconEvent::DoubleClick { .. } = event {
                    window::show(icon.app_handle(), None);
                }
            })
            .build(app)?;
        let offered = Mutex::default();
        Ok(Self { icon, sentence, import, pause, menu, update, offered, texts })
    }

    /// Shows what the engine says now, in colours for a dark desktop or a light one.
    pub fn show(&self, view: &TrayView, dark: bool) {
        let _ = self.icon.set_icon(Some(image(view.state, dark)));
        let sentence = match &view.headline {
            Ok(headline) => self.texts.headline(headline),
            Err(error) => self.texts.message(error),
        };
        let _ = self.icon.set_tooltip(Some(&sentence));
        let _ = self.sentence.set_text(&sentence);
        let _ = self.import.set_enabled(view.can_import);
        let _ = self.pause.set_enabled(view.can_pause);
        let _ = self.pause.set_text(self.texts.text(if view.paused {
            "menu-resume"
        } else {
            "menu-pause"
        }));
        self.show_update(view.update.as_ref());
    }

    /// A line below the sentence, while there is a later version.
    fn show_update(&self, update: Option<&String>) {
        let mut offered = self.offered.lock().unwrap_or_else(PoisonError::into_inner);
        if offered.as_ref() == update {
            return;
        }
        if let Some(version) = update {
            let _ =
                self.update.set_text(self.texts.say("menu-update", &json!({ "version": version })));
        }
        let _ = match (&*offered, update) {
            (None, Some(_)) => self.menu.insert(&self.update, 1),
            (Some(_), None) => self.menu.remove(&self.update),
            _ => Ok(()),
        };
        *offered = update.cloned();
    }
}

fn chosen(app: &AppHandle, entry: &str) {
    let handle = app.clone();
    match entry {
        "open" => window::show(app, Some("overview")),
        "update" => window::show(app, Some("settings")),
        "diagnostics" => window::show(app, Some("diagnostics")),
        // Somebody who quits may think that nothing runs any more, or that everything goes on: both are asked.
        "quit" => window::show(app, Some("quit")),
        "import" => drop(tauri::async_runtime::spawn(async move {
            told("import", import(&handle.state::<App>()).await);
        })),
        "pause" => drop(tauri::async_runtime::spawn(async move {
            told("pause", pause(&handle.state::<App>()).await);
        })),
        _ => {}
    }
}

async fn import(app: &App) -> Result<()> {
    app.look.notify_one();
    app.door().await?.import(None, vec![], false, unheard()).await.map(drop)
}

async fn pause(app: &App) -> Result<()> {
    let door = app.door().await?;
    let done = if door.status().await?.paused { door.resume().await } else { door.pause().await };
    app.look.notify_one();
    done
}

/// What fails is in the status, which the icon shows a moment later; the log says why.
fn told(what: &str, result: Result<()>) {
    if let Err(error) = result {
        tracing::warn!(code = %error.code, "{what} from the tray: {}", error.message);
    }
}

fn image(state: TrayState, dark: bool) -> Image<'static> {
    match (state, dark) {
        (TrayState::Connected, false) => tauri::include_image!("../icons/tray/connected.png"),
        (TrayState::Working, false) => tauri::include_image!("../icons/tray/working.png"),
        (TrayState::Attention, false) => tauri::include_image!("../icons/tray/attention.png"),
        (TrayState::Disconnected, false) => tauri::include_image!("../icons/tray/disconnected.png"),
        (TrayState::Connected, true) => tauri::include_image!("../icons/tray/connected-dark.png"),
        (TrayState::Working, true) => tauri::include_image!("../icons/tray/working-dark.png"),
        (TrayState::Attention, true) => tauri::include_image!("../icons/tray/attention-dark.png"),
        (TrayState::Disconnected, true) => {
            tauri::include_image!("../icons/tray/disconnected-dark.png")
        }
    }
}

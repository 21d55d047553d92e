//! The desktop program: an engine in this process, a tray icon that tells its state, a window when one is wanted.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod app;
mod commands;
mod doorway;
mod panel;
mod start;
mod tickets;
mod tray;
mod watch;
mod window;

use app::App;
use clap::Parser;
use connector_api::{Door, OpenPreviews};
use doorway::Doorway;
use std::alloc::System;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tauri::{AppHandle, Manager, RunEvent};
use tickets::Tickets;
use tray::Tray;
use zeroizing_alloc::ZeroAlloc;

/// Wipes what is freed: a password leaves no copy in the buffers of the libraries that it went through.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

/// inSync Connector: window and tray icon
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Folder of settings, people and logs
    #[arg(long, env = "INSYNC_CONNECTOR_HOME", value_name = "DIR")]
    home: Option<PathBuf>,
    /// Start without a window
    #[arg(long)]
    hidden: bool,
}

#[allow(clippy::print_stderr, reason = "without a home there is no log and no window yet")]
fn main() -> ExitCode {
    connector_api::without_core_dumps();
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("insync-connector-desktop: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Runtime::new()?;
    tauri::async_runtime::set(runtime.handle().clone());
    // At log-on the program starts as it was started now, only without a window.
    let home = arguments.home.iter().map(|home| home.to_string_lossy().into_owned());
    let at_log_on: Vec<String> = ["--hidden".to_owned()]
        .into_iter()
        .chain(home.flat_map(|home| ["--home".to_owned(), home]))
        .collect();
    let home = arguments.home;
    let bus_name = format!("com.insync.connector.h{}", Door::home_mark(home.clone())?);
    let single = tauri_plugin_single_instance::Builder::new()
        .dbus_id(bus_name)
        .callback(|app: &AppHandle, _, _| window::show(app, None));
    let hidden = arguments.hidden;
    let built = tauri::Builder::default()
        .plugin(single.build())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .plugin(tauri_plugin_autostart::Builder::new().args(at_log_on).build())
        .invoke_handler(commands::all())
        .setup(move |app| {
            let handle = app.handle().clone();
            let _inside = tauri::async_runtime::handle().inner().enter();
            app.manage(App {
                doorway: Doorway::open(home.clone()),
                previews: OpenPreviews::default(),
                tickets: Tickets::default(),
                look: Arc::default(),
            });
            let tray = Tray::new(&handle);
            app.manage(HasTray(tray.is_some()));
            if !hidden || tray.is_none() {
                window::show(&handle, None);
            }
            tauri::async_runtime::spawn(watch::follow(handle.clone(), tray));
            tauri::async_runtime::spawn(told_to_stop(handle));
            Ok(())
        })
        .build(tauri::generate_context!())?;
    built.run(|app, event| match event {
        // Without a window the tray goes on; where nobody shows an icon, the window was all.
        RunEvent::ExitRequested { code: None, api, .. }
            if app.state::<HasTray>().0 && panel::shows_icons() =>
        {
            api.prevent_exit();
        }
        RunEvent::Exit => tauri::async_runtime::block_on(app.state::<App>().doorway.close()),
        _ => {}
    });
    Ok(())
}

struct HasTray(bool);

async fn told_to_stop(app: AppHandle) {
    connector_api::told_to_stop().await;
    app.exit(0);
}

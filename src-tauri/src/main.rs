//! The desktop program: an engine in this process, a tray icon that tells its state, a window when one is wanted.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod app;
mod commands;
mod context;
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
use start::AtLogOn;
use std::alloc::System;
use std::path::{Path, PathBuf};
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
            start_again_if_the_other_left(&*error);
            eprintln!("insync-connector-desktop: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The program that ran, and was to show its window, ended in this very moment: then it is this one that runs. The toolkit can be
/// set up once in a process, so this is another in the same place.
#[cfg(unix)]
fn start_again_if_the_other_left(error: &(dyn std::error::Error + 'static)) {
    use std::os::unix::process::CommandExt;
    const AGAIN: &str = "INSYNC_CONNECTOR_STARTED_AGAIN";
    let left = matches!(error.downcast_ref(), Some(tauri::Error::PluginInitialization(name, _)) if name == "single-instance");
    let (true, None, Ok(program)) = (left, std::env::var_os(AGAIN), std::env::current_exe()) else {
        return;
    };
    std::thread::sleep(std::time::Duration::from_secs(1));
    let mut again = std::process::Command::new(program);
    // It does not come back from there, unless that cannot be done.
    let _ = again.args(std::env::args_os().skip(1)).env(AGAIN, "1").exec();
}

#[cfg(not(unix))]
fn start_again_if_the_other_left(_: &(dyn std::error::Error + 'static)) {}

fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Runtime::new()?;
    tauri::async_runtime::set(runtime.handle().clone());
    // What the toolkit does without a display is a panic.
    display()?;
    // At log-on the program starts as it was started now, only without a window, and wherever that is.
    let home = arguments.home.map(Door::home_path).transpose()?;
    let bus_name = format!("com.insync.connector.h{}", Door::home_mark(home.clone())?);
    let single = tauri_plugin_single_instance::Builder::new()
        .dbus_id(bus_name)
        .callback(|app: &AppHandle, _, _| window::show(app, None));
    let hidden = arguments.hidden;
    let built = tauri::Builder::default()
        .plugin(single.build())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .invoke_handler(commands::all())
        .setup(move |app| {
            let handle = app.handle().clone();
            app.manage(at_log_on(&handle, home.as_deref())?);
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
            if hidden {
                let_go_of_terminal();
            }
            Ok(())
        })
        .build(context::packed())?;
    built.run(|app, event| match event {
        // Without a window the tray goes on; where nobody shows an icon, the window was all.
        RunEvent::ExitRequested { code: None, api, .. } if app.state::<HasTray>().is_shown() => {
            api.prevent_exit();
        }
        // Whoever starts the program while this one finishes what is under way gets one of their own.
        RunEvent::ExitRequested { .. } => tauri_plugin_single_instance::destroy(app),
        RunEvent::Exit => tauri::async_runtime::block_on(app.state::<App>().doorway.close()),
        _ => {}
    });
    Ok(())
}

/// Whether there is an icon, where the desktop shows any.
pub struct HasTray(bool);

impl HasTray {
    /// Whether the program can be reached without a window.
    pub fn is_shown(&self) -> bool {
        self.0 && panel::shows_icons()
    }
}

fn at_log_on(app: &AppHandle, home: Option<&Path>) -> std::io::Result<AtLogOn> {
    #[cfg(target_os = "linux")]
    if let Some(image) = app.env().appimage {
        return Ok(AtLogOn::of(&app.package_info().name, Path::new(&image), home));
    }
    Ok(AtLogOn::of(&app.package_info().name, &std::env::current_exe()?, home))
}

/// An error where no window can be shown at all.
#[cfg(target_os = "linux")]
fn display() -> Result<(), String> {
    use connector_texts::{Language, Texts};
    gtk::init().map_err(|_| Texts::of(Language::of_system()).text("start-no-display"))
}

#[cfg(not(target_os = "linux"))]
#[allow(clippy::unnecessary_wraps, reason = "the same on every system")]
fn display() -> Result<(), String> {
    Ok(())
}

/// What the session started is not waited for, and nobody reads what it writes: the log has it.
#[cfg(unix)]
fn let_go_of_terminal() {
    if let Ok(nothing) = std::fs::File::options().read(true).write(true).open("/dev/null") {
        let _ = rustix::stdio::dup2_stdout(&nothing);
        let _ = rustix::stdio::dup2_stderr(&nothing);
    }
}

#[cfg(not(unix))]
fn let_go_of_terminal() {}

async fn told_to_stop(app: AppHandle) {
    connector_api::told_to_stop().await;
    app.exit(0);
}

//! The connector as a later version: its real engine starts and says so; then it spoils what it finds in the home and crashes.
//! It knows what a setup asks for: `service install|uninstall|start|stop`, and `[--home FOLDER] run`.

use connector_api::{Door, service};
use connector_model::{Code, Error, Result};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const VERSION: &str = "99.0.0";
/// By then the engine has said that it runs, and its trial is not over.
const UNTIL_CRASH: Duration = Duration::from_secs(2);
/// What systemd gives a service.
const USUAL_HOME: &str = "STATE_DIRECTORY";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["--version"] => {
            println!("insync-connector {VERSION}");
            Ok(())
        }
        ["service", "install"] => service::install().map(drop),
        ["service", "uninstall"] => service::uninstall(),
        ["service", "start"] => service::start().map(drop),
        ["service", "stop"] => service::stop().map(drop),
        ["run"] => run(std::env::var_os(USUAL_HOME).map(PathBuf::from)),
        ["--home", home, "run", ..] => run(Some(home.into())),
        _ => {
            eprintln!("This version only crashes: {words:?}");
            return ExitCode::FAILURE;
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {}", error.code, error.message);
            ExitCode::FAILURE
        }
    }
}

#[cfg(not(windows))]
fn run(home: Option<PathBuf>) -> Result<()> {
    start(home, CancellationToken::new())
}

#[cfg(windows)]
fn run(home: Option<PathBuf>) -> Result<()> {
    service::run_as_service(move |shutdown| start(home, shutdown))
}

fn start(home: Option<PathBuf>, shutdown: CancellationToken) -> Result<()> {
    let internal = |_| Error::of(Code::Internal);
    let runtime = tokio::runtime::Runtime::new().map_err(internal)?;
    runtime.block_on(async {
        tokio::select! {
            ended = run_until(home.clone(), shutdown) => ended,
            () = tokio::time::sleep(UNTIL_CRASH) => {
                spoil(&home.unwrap_or_default());
                // Wine's service manager does not notice that a service is dead; it has to be told.
                if cfg!(windows) { Err(Error::of(Code::Internal)) } else { std::process::abort() }
            }
        }
    })
}

async fn run_until(home: Option<PathBuf>, shutdown: CancellationToken) -> Result<()> {
    let host = Door::open_as(home, VERSION).await?;
    host.run(shutdown).await;
    Ok(())
}

fn spoil(home: &Path) {
    for name in ["settings.toml", "connector.db", "connector.db-wal"] {
        let path = home.join(name);
        if path.exists() {
            let _ = std::fs::write(path, "spoiled");
        }
    }
}

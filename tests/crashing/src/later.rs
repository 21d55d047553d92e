//! The connector as a later version that runs: what an update has to end with.
//! It knows what a package asks for: `service install|uninstall|start|stop`, and `run`.

use connector_api::{Door, service};
use connector_model::{Code, Error, Result};
use std::path::PathBuf;
use std::process::ExitCode;
use tokio_util::sync::CancellationToken;

const VERSION: &str = "99.1.0";

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
        ["run"] => run(),
        _ => {
            eprintln!("This version only runs: {words:?}");
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

fn run() -> Result<()> {
    let home = std::env::var_os("STATE_DIRECTORY").map(PathBuf::from);
    let runtime = tokio::runtime::Runtime::new().map_err(|_| Error::of(Code::Internal))?;
    // Until systemd ends it.
    runtime.block_on(async {
        let host = Door::open_as(home, VERSION).await?;
        host.run(CancellationToken::new()).await;
        Ok(())
    })
}

//! `run`, `service …`, `status`, `check`, `journal`, `diagnose`.

use crate::arguments::Service as Command;
use crate::output::{Printer, journal};
use connector_api::{Connector, Door, JournalQuery, Status, service};
use connector_model::{ChangeMethod, CheckStatus, Result};
#[cfg(windows)]
use connector_model::{Code, Error};
use serde_json::json;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use tokio_util::sync::CancellationToken;

pub async fn run(home: Option<PathBuf>) -> Result<bool> {
    let connector = Connector::open(home)?;
    let log = connector.start_logging(true)?;
    let shutdown = CancellationToken::new();
    let stop = shutdown.clone();
    tokio::spawn(async move {
        told_to_stop().await;
        stop.cancel();
    });
    connector.run(Some(log), shutdown).await?;
    Ok(true)
}

/// The engine under the Windows service manager, until that ends it.
#[cfg(windows)]
pub fn serve(home: Option<PathBuf>) -> Result<()> {
    service::run_as_service(move |shutdown| {
        let connector = Connector::open(home)?;
        let log = connector.start_logging(false)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.map_err(|_| Error::of(Code::Internal))?;
        let ended = runtime.block_on(connector.run(Some(log), shutdown));
        runtime.shutdown_background();
        ended
    })
}

#[cfg(unix)]
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

#[cfg(not(unix))]
async fn told_to_stop() {
    let _ = tokio::signal::ctrl_c().await;
}

/// The service itself; its manager asks for an administrator.
pub fn manage(printer: &Printer, command: &Command) -> Result<bool> {
    let status = match command {
        Command::Install => service::install()?,
        Command::Uninstall => {
            service::uninstall()?;
            service::status()?
        }
        Command::Start => service::start()?,
        Command::Stop => service::stop()?,
        Command::Status => service::status()?,
    };
    printer.show(&status, || {
        let word = |is: bool, yes: &'static str, no: &'static str| if is { yes } else { no };
        if !status.installed {
            return "not installed".to_owned();
        }
        let account = if status.account.is_empty() {
            String::new()
        } else {
            format!(", as {}", status.account)
        };
        let (runs, starts) = (
            word(status.running, "running", "stopped"),
            word(status.starts, "starts with the machine", "does not start by itself"),
        );
        format!("installed, {runs}, {starts}{account}")
    });
    Ok(true)
}

pub async fn status(door: &Door, printer: &Printer) -> Result<bool> {
    let status = door.status().await?;
    printer.show(&status, || text(&status));
    Ok(true)
}

fn text(status: &Status) -> String {
    let mut out = format!("{}\n", status.sentence);
    let _ = writeln!(
        out,
        "accounts {}, mappings {}, people in the cloud {}",
        status.accounts, status.mappings, status.people
    );
    if let Some(p95) = status.sign_in_p95_ms {
        let _ = writeln!(
            out,
            "sign-ins in the last minute {}, 95 % within {p95:.1} ms",
            status.sign_ins_last_minute
        );
    }
    for import in &status.last_imports {
        let how = import.error.as_ref().map_or("complete".to_owned(), |e| e.message.clone());
        let _ = writeln!(
            out,
            "last import of \"{}\": {} read, {} acknowledged, {how}",
            import.mapping, import.read, import.acknowledged
        );
    }
    for following in &status.following {
        let how = match following.method {
            ChangeMethod::Syncrepl => "as they happen (syncrepl)",
            ChangeMethod::PersistentSearch => "as they happen (persistent search)",
            ChangeMethod::UsnChanged => "every few seconds (uSNChanged)",
            ChangeMethod::ModifyTimestamp => {
                "a few times a minute (modifyTimestamp; deletions at the next import)"
            }
        };
        let not = following.error.as_ref().map(|e| format!(", not at the moment: {}", e.message));
        let _ =
            writeln!(out, "changes of \"{}\": {how}{}", following.mapping, not.unwrap_or_default());
    }
    for import in &status.elsewhere {
        let _ =
            writeln!(out, "import of \"{}\": by the connector on {}", import.mapping, import.host);
    }
    for account in &status.missing_passwords {
        let _ = writeln!(
            out,
            "password of \"{account}\" missing: insync-connector account set-password \"{account}\""
        );
    }
    if let Some(update) = &status.update {
        let _ = writeln!(
            out,
            "version {} is offered: see insync-connector update status",
            update.version
        );
    }
    for alert in &status.alerts {
        let _ = writeln!(out, "alert: {} {}", alert.message, alert.action);
    }
    out
}

pub async fn check(door: &Door, printer: &Printer) -> Result<bool> {
    let checks = door.checks().await?;
    printer.checks(&checks);
    Ok(checks.iter().all(|c| c.status != CheckStatus::Fail))
}

pub async fn journal(
    door: &Door,
    printer: &Printer,
    kind: Option<String>,
    limit: u32,
) -> Result<bool> {
    let entries = door.journal(JournalQuery { kind, limit, ..Default::default() }).await?;
    printer.show(&entries, || journal::text(&entries));
    Ok(true)
}

pub async fn diagnose(door: &Door, printer: &Printer, zip: Option<&Path>) -> Result<bool> {
    match zip {
        None => {
            let report = door.diagnose().await?;
            printer.show(&report, || serde_json::to_string_pretty(&report).unwrap_or_default());
        }
        Some(file) => {
            door.diagnose_zip(file).await?;
            printer.show(&json!({ "file": file }), || format!("Written to {}.", file.display()));
        }
    }
    Ok(true)
}

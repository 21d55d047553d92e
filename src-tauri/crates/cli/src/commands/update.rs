//! `update …`.

use crate::output::Printer;
use crate::update_arguments::Update as Command;
use connector_api::{Door, UpdateView, update};
use connector_model::{Code, Error, Result, UpdateState};
use std::fmt::Write;
use std::path::PathBuf;
use tokio_util::sync::CancellationToken;

pub async fn run(door: &Door, printer: &Printer, command: &Command) -> Result<bool> {
    let view = match command {
        Command::Check => door.check_update().await?,
        Command::Install => door.install_update().await?,
        _ => door.update().await?,
    };
    printer.show(&view, || text(&view));
    Ok(true)
}

/// The part with an administrator's rights: it believes the home nothing that is not signed.
pub fn apply(printer: &Printer, home: Option<PathBuf>) -> Result<bool> {
    let home = home.ok_or_else(|| {
        Error::new(Code::InvalidInput, "No home is named.")
            .with_action("Name the one that asks, with --home.")
            .at("home")
    })?;
    let outcome = update::apply(&home, env!("CARGO_PKG_VERSION"), &CancellationToken::new())?;
    let Some(outcome) = outcome else { return Ok(true) };
    printer.show(&outcome, || match &outcome.failure {
        None => format!("Version {} is installed.", outcome.version),
        Some(error) => format!("{} {}", error.message, error.action),
    });
    Ok(outcome.failure.is_none())
}

fn text(view: &UpdateView) -> String {
    let mut out = format!("installed {}\n", view.installed);
    if let Some(error) = &view.error {
        let _ = writeln!(
            out,
            "not known whether there is a later version: {} {}",
            error.message, error.action
        );
    }
    let Some(update) = &view.update else {
        let known = view.error.is_none() && view.checked_ms.is_some();
        return out + if known { "no later version is offered" } else { "not looked for yet" };
    };
    let how = match update.state {
        UpdateState::Available => match &update.window {
            Some(window) => format!("installed by itself in the maintenance window, {window}"),
            None => "install it with: insync-connector update install".to_owned(),
        },
        UpdateState::Downloading => "on its way here".to_owned(),
        UpdateState::Approved => "downloaded and checked; it is installed in a moment".to_owned(),
        UpdateState::Installing => "being installed".to_owned(),
        UpdateState::Installed => "installed; this program is still the one before it".to_owned(),
        UpdateState::Failed => "not installed; the version before it goes on".to_owned(),
    };
    let _ = writeln!(out, "offered   {}: {how}", update.version);
    if let Some(error) = &update.failure {
        let _ = writeln!(out, "          {} {}", error.message, error.action);
    }
    if let Some(notes) = &update.notes {
        let _ = writeln!(out, "\n{notes}");
    }
    out
}

//! `update …`.

use crate::output::Printer;
use crate::update_arguments::Update as Command;
use connector_api::{Door, UpdateView, update};
use connector_model::{Code, Error, Result, UpdateState};
use connector_texts::Texts;
use serde_json::{Value, json};
use std::path::PathBuf;
use tokio_util::sync::CancellationToken;

pub async fn run(door: &Door, printer: &Printer, command: &Command) -> Result<bool> {
    let view = match command {
        Command::Check => door.check_update().await?,
        Command::Install => door.install_update().await?,
        _ => door.update().await?,
    };
    printer.show(&view, || text(printer.texts(), &view));
    Ok(true)
}

/// The part with an administrator's rights: it believes the home nothing that is not signed.
pub fn apply(printer: &Printer, home: Option<PathBuf>) -> Result<bool> {
    let home = home.ok_or_else(|| {
        Error::new(Code::InvalidInput, "The home is missing.")
            .with_action("Name the home of the connector that asks for it, with --home.")
            .at("home")
    })?;
    let outcome = update::apply(&home, env!("CARGO_PKG_VERSION"), &CancellationToken::new())?;
    let Some(outcome) = outcome else { return Ok(true) };
    printer.show(&outcome, || match &outcome.failure {
        None => printer.texts().say("cli-update-done", &json!({ "version": outcome.version })),
        Some(error) => {
            format!("{} {}", printer.texts().message(error), printer.texts().action(error))
        }
    });
    Ok(outcome.failure.is_none())
}

fn text(texts: &Texts, view: &UpdateView) -> String {
    let mut lines = vec![texts.say("cli-update-installed", &json!({ "version": view.installed }))];
    if let Some(error) = &view.error {
        lines.push(texts.say("cli-update-unknown", &told(texts, error)));
    }
    let Some(update) = &view.update else {
        let known = view.error.is_none() && view.checked_ms.is_some();
        lines.push(texts.text(if known { "cli-update-newest" } else { "cli-update-not-looked" }));
        return lines.join("\n");
    };
    let state = match (update.state, &update.window) {
        (UpdateState::Available, Some(_)) => "window",
        (UpdateState::Available, None) => "available",
        (UpdateState::Downloading, _) => "downloading",
        (UpdateState::Approved, _) => "approved",
        (UpdateState::Installing, _) => "installing",
        (UpdateState::Installed, _) => "replaced",
        (UpdateState::Failed, _) => "failed",
    };
    let how = texts.say(&format!("cli-update-{state}"), &json!({ "window": update.window }));
    let values = json!({ "version": update.version, "how": how });
    lines.push(texts.say("cli-update-offered", &values));
    if let Some(error) = &update.failure {
        lines.push(format!("          {} {}", texts.message(error), texts.action(error)));
    }
    if let Some(notes) = &update.notes {
        lines.push(format!("\n{notes}"));
    }
    lines.join("\n")
}

fn told(texts: &Texts, error: &Error) -> Value {
    json!({ "message": texts.message(error), "action": texts.action(error) })
}

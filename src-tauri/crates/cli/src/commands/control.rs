//! `settings …`, `pause`, `resume`, `cancel`.

use super::moving;
use super::register::proxy;
use crate::control_arguments::{Proxy, Settings as Command};
use crate::output::{Printer, documents};
use crate::secret_input::{self, Asked};
use connector_api::{Door, ProxyChoice, SettingsPatch, SettingsView};
use connector_model::settings::ProxySettings;
use connector_model::{Code, Error, Result, SentSecret, UpdateInstall};
use connector_texts::Texts;
use serde_json::json;

pub async fn settings(door: &Door, printer: &Printer, command: Command) -> Result<bool> {
    let view = match command {
        Command::Export { file } => return moving::export(door, printer, &file).await,
        Command::Import { file, replace } => {
            return moving::import(door, printer, &file, replace).await;
        }
        Command::Show | Command::Proxy(Proxy { url: None, none: false, .. }) => {
            door.settings().await?
        }
        Command::Set { values } => {
            let patch = patch(&values, &door.settings().await?)?;
            door.change_settings(patch).await?
        }
        Command::Token { token_stdin } => {
            let view = door
                .change_token(SentSecret(secret_input::read(token_stdin, Asked::Token)?))
                .await?;
            let said = || printer.texts().say("cli-token-changed", &json!({ "url": view.url }));
            printer.show(&view, said);
            return Ok(true);
        }
        Command::Proxy(way) => {
            door.change_proxy(choice(way)?).await?;
            door.settings().await?
        }
    };
    printer.show(&view, || text(printer.texts(), &view));
    Ok(true)
}

pub async fn pause(door: &Door, printer: &Printer, paused: bool) -> Result<bool> {
    if paused {
        door.pause().await?;
    } else {
        door.resume().await?;
    }
    let status = door.status().await?;
    printer.show(&documents::status(&status), || printer.texts().headline(&status.headline));
    Ok(true)
}

pub async fn cancel(door: &Door, printer: &Printer, name: Option<&str>) -> Result<bool> {
    door.cancel_import(name.map(str::to_owned)).await?;
    printer.show(&json!({ "cancelled": name }), || printer.texts().text("cli-import-cancelled"));
    Ok(true)
}

fn choice(way: Proxy) -> Result<Option<ProxyChoice>> {
    let Some(url) = way.url else { return Ok(None) };
    let mut choice = proxy(&url)?;
    if choice.user.is_some() {
        choice.password = Some(secret_input::read(way.proxy_password_stdin, Asked::ProxyPassword)?);
    }
    Ok(Some(choice))
}

fn patch(values: &[String], now: &SettingsView) -> Result<SettingsPatch> {
    let (mut import, mut sign_in) = (now.import.clone(), now.sign_in.clone());
    let mut updates = now.updates.clone();
    let mut patch = SettingsPatch::default();
    for pair in values {
        let wrong = |why: String| {
            Error::new(Code::InvalidInput, why)
                .with_action("Write it like interval_hours=12.")
                .at("values")
        };
        let (key, value) =
            pair.split_once('=').ok_or_else(|| wrong(format!("\"{pair}\" is not KEY=VALUE.")))?;
        let number = || {
            value.parse::<u32>().map_err(|_| wrong(format!("\"{value}\" is not a whole number.")))
        };
        let truth = || {
            value
                .parse::<bool>()
                .map_err(|_| wrong(format!("\"{value}\" is neither true nor false.")))
        };
        match key {
            "log_level" => patch.log_level = Some(value.to_owned()),
            "mappings_from_cloud" => patch.mappings_from_cloud = Some(truth()?),
            "cloud_attributes" => {
                let names = value.split(',').map(str::trim).filter(|name| !name.is_empty());
                patch.cloud_attributes = Some(names.map(str::to_owned).collect());
            }
            "follow_changes" => import.follow_changes = truth()?,
            "updates_check" => updates.check = truth()?,
            "updates_install" => {
                updates.install = match value {
                    "ask" => UpdateInstall::Ask,
                    "window" => UpdateInstall::Window,
                    _ => return Err(wrong(format!("\"{value}\" is neither ask nor window."))),
                };
            }
            "updates_from" => value.clone_into(&mut updates.from),
            "updates_to" => value.clone_into(&mut updates.to),
            "updates_url" => updates.url = Some(value.to_owned()),
            "interval_hours" => import.interval_hours = number()?,
            "removal_limit_percent" => import.removal_limit_percent = number()?,
            "removal_limit_people" => import.removal_limit_people = number()?,
            "batch_size" => import.batch_size = number()?,
            "wrong_attempts" => sign_in.wrong_attempts = number()?,
            "window_minutes" => sign_in.window_minutes = number()?,
            "deadline_seconds" => sign_in.deadline_seconds = number()?,
            _ => return Err(wrong(format!("There is no setting \"{key}\"."))),
        }
    }
    patch.import = Some(import);
    patch.sign_in = Some(sign_in);
    patch.updates = Some(updates);
    Ok(patch)
}

/// A proxy, and the variable that named it.
pub(super) fn proxy_text(texts: &Texts, proxy: &ProxySettings) -> String {
    let place = proxy.place();
    let Some(variable) = &proxy.from else { return place };
    texts.say("cli-proxy-from", &json!({ "proxy": place, "variable": variable }))
}

fn text(texts: &Texts, view: &SettingsView) -> String {
    let way = |p: &ProxySettings| proxy_text(texts, p);
    let next = view.next.as_ref().and_then(|next| next.proxy.as_ref());
    let proxy = match (&view.proxy, next) {
        (Some(proxy), _) => way(proxy),
        (None, Some(next)) => texts.say("cli-settings-proxy-next", &json!({ "proxy": way(next) })),
        (None, None) => texts.text("cli-none"),
    };
    let (import, sign_in, updates) = (&view.import, &view.sign_in, &view.updates);
    let install = match updates.install {
        UpdateInstall::Ask => "ask",
        UpdateInstall::Window => "window",
    };
    let lines = [
        ("log_level", view.log_level.clone()),
        ("mappings_from_cloud", view.mappings_from_cloud.to_string()),
        ("cloud_attributes", view.cloud_attributes.join(", ")),
        ("follow_changes", import.follow_changes.to_string()),
        ("interval_hours", import.interval_hours.to_string()),
        ("removal_limit_percent", import.removal_limit_percent.to_string()),
        ("removal_limit_people", import.removal_limit_people.to_string()),
        ("batch_size", import.batch_size.to_string()),
        ("wrong_attempts", sign_in.wrong_attempts.to_string()),
        ("window_minutes", sign_in.window_minutes.to_string()),
        ("deadline_seconds", sign_in.deadline_seconds.to_string()),
        ("updates_check", updates.check.to_string()),
        ("updates_install", install.to_owned()),
        ("updates_from", updates.from.clone()),
        ("updates_to", updates.to.clone()),
        (
            "updates_url",
            updates.url.clone().unwrap_or_else(|| texts.text("cli-settings-url-cloud")),
        ),
        ("proxy", proxy),
    ];
    lines.map(|(name, value)| format!("{name:<22} {value}")).join("\n")
}

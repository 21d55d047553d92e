//! `settings export`, `settings import`.

use crate::output::Printer;
use connector_api::{Door, Imported};
use connector_model::settings::{CloudKind, NextCloud};
use connector_model::{Result, command_word};
use connector_texts::Texts;
use serde_json::json;
use std::path::Path;

pub async fn export(door: &Door, printer: &Printer, file: &Path) -> Result<bool> {
    door.export_settings_to(file).await?;
    printer.show(&json!({ "file": file }), || {
        printer.texts().say("cli-move-written", &json!({ "file": file }))
    });
    Ok(true)
}

pub async fn import(door: &Door, printer: &Printer, file: &Path, replace: bool) -> Result<bool> {
    let imported = door.import_settings_from(file, replace).await?;
    printer.show(&imported, || text(printer.texts(), &imported));
    Ok(true)
}

fn text(texts: &Texts, imported: &Imported) -> String {
    let password = |name: &String| texts.say("cli-move-password", &json!({ "name": name }));
    let mut left: Vec<String> = imported.passwords.iter().map(password).collect();
    left.extend(imported.next.as_ref().map(|next| register(texts, next, imported.proxy_password)));
    if !imported.mappings.is_empty() {
        left.push(texts.text("cli-move-preview"));
    }
    let (accounts, mappings) = (imported.accounts.len(), imported.mappings.len());
    let values = json!({ "host": imported.host, "accounts": accounts, "mappings": mappings });
    let done = texts.say("cli-move-done", &values);
    if left.is_empty() {
        return done;
    }
    let steps = (1..).zip(left).map(|(n, step)| format!("  {n}. {step}\n"));
    format!("{done} {}\n{}", texts.text("cli-move-left"), steps.collect::<String>())
}

fn register(texts: &Texts, next: &NextCloud, proxy_password: bool) -> String {
    let Some(url) = &next.url else { return texts.text("cli-move-register-anywhere") };
    let more = if proxy_password { " --proxy-password-stdin" } else { "" };
    let url = command_word(url);
    let to_cloud = format!("insync-connector register --cloud {url} --key-stdin{more}");
    match (&next.replaces, next.kind) {
        (Some(former), _) => {
            let (host, id) = (&former.host, &former.connector_id);
            let values = json!({ "host": host, "id": id, "command": to_cloud });
            let then = texts.say("cli-move-replace-ends", &json!({ "host": host }));
            format!("{}\n     {then}", texts.say("cli-move-replace", &values))
        }
        (None, CloudKind::Scim) => {
            let command = format!("insync-connector register --scim {url} --token-stdin{more}");
            let first = texts.text("cli-move-scim-first");
            format!("{}\n     {first}", texts.say("cli-move-scim", &json!({ "command": command })))
        }
        (None, CloudKind::Connector) => {
            texts.say("cli-move-register", &json!({ "command": to_cloud }))
        }
    }
}

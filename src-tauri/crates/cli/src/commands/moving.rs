//! `settings export`, `settings import`.

use crate::output::Printer;
use connector_api::{Door, Imported};
use connector_model::Result;
use connector_model::settings::{CloudKind, NextCloud};
use serde_json::json;
use std::path::Path;

pub async fn export(door: &Door, printer: &Printer, file: &Path) -> Result<bool> {
    door.export_settings_to(file).await?;
    printer.show(&json!({ "file": file }), || {
        format!(
            "Written to {}, without passwords and keys. On the other computer: insync-connector settings import FILE",
            file.display()
        )
    });
    Ok(true)
}

pub async fn import(door: &Door, printer: &Printer, file: &Path, replace: bool) -> Result<bool> {
    let imported = door.import_settings_from(file, replace).await?;
    printer.show(&imported, || text(&imported));
    Ok(true)
}

fn text(imported: &Imported) -> String {
    let mut left: Vec<String> = imported
        .passwords
        .iter()
        .map(|name| format!("Enter a password: insync-connector account set-password \"{name}\""))
        .collect();
    left.extend(imported.next.as_ref().map(|next| register(next, imported.proxy_password)));
    if !imported.mappings.is_empty() {
        left.push("See what each mapping does here and import it: insync-connector preview, then sync NAME. Until then none of them is imported by itself.".to_owned());
    }
    let done = format!(
        "Taken over from {}: accounts {}, mappings {}.",
        imported.host,
        imported.accounts.len(),
        imported.mappings.len()
    );
    if left.is_empty() {
        return done;
    }
    let steps = (1..).zip(left).map(|(n, step)| format!("  {n}. {step}\n"));
    format!("{done} What is left to do here:\n{}", steps.collect::<String>())
}

fn register(next: &NextCloud, proxy_password: bool) -> String {
    let Some(url) = &next.url else { return "Register with your cloud.".to_owned() };
    let more = if proxy_password { " --proxy-password-stdin" } else { "" };
    match (&next.replaces, next.kind) {
        (Some(former), _) => format!(
            "Register in its place: in the cloud's console make a key that replaces the connector on {} ({}), then: insync-connector register --cloud {url} --key-stdin{more}\n     That ends the connector on {} at once.",
            former.host, former.connector_id, former.host
        ),
        (None, CloudKind::Scim) => format!(
            "Deliver from here: insync-connector register --scim {url} --token-stdin{more}\n     Unregister the other connector first."
        ),
        (None, CloudKind::Connector) => {
            format!("Register: insync-connector register --cloud {url} --key-stdin{more}")
        }
    }
}

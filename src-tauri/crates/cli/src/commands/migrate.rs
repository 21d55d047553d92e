//! `migrate`

use crate::output::Printer;
use connector_api::{Door, Found, Migrated};
use connector_model::{Code, Error, Result};
use connector_texts::Texts;
use serde_json::json;
use std::path::{Path, PathBuf};

pub async fn run(
    door: &Door,
    printer: &Printer,
    file: Option<PathBuf>,
    blank_password: bool,
) -> Result<bool> {
    let found = door.found().await?;
    let file = file.or_else(|| found.file.clone()).ok_or_else(|| {
        Error::new(Code::NotFound, "There is no inSyncADConnector.cfg on this computer.")
            .with_action("If the file is elsewhere, run: insync-connector migrate FILE.")
            .at("file")
    })?;
    let migrated = door.migrate(&file, blank_password).await?;
    printer.show(&migrated, || text(printer.texts(), &migrated, &found, &file));
    Ok(migrated.failure.is_none())
}

fn text(texts: &Texts, migrated: &Migrated, found: &Found, file: &Path) -> String {
    let mut lines = vec![match &migrated.proxy {
        None => texts.text("cli-migrate-no-proxy"),
        Some(proxy) => {
            let proxy = format!("{}:{}", proxy.host, proxy.port);
            texts.say("cli-migrate-proxy", &json!({ "proxy": proxy, "file": file }))
        }
    }];
    if migrated.blanked {
        lines.push(texts.text("cli-migrate-blanked"));
    } else if migrated.password_kept && migrated.failure.is_none() {
        lines.push(texts.text("cli-migrate-kept"));
    }
    if let Some(failure) = &migrated.failure {
        let (message, action) = (texts.message(failure), texts.action(failure));
        lines.push(format!("{message} {action} ({})", failure.code));
    }
    for left in &migrated.left_out {
        let instead = json!(left.instead);
        let instead = texts.text(&format!("cli-instead-{}", instead.as_str().unwrap_or_default()));
        let values = json!({ "key": left.key, "instead": instead });
        lines.push(texts.say("cli-migrate-left-out", &values));
    }
    if let Some(service) = &found.service {
        let runs = service.running;
        let id = if runs { "cli-migrate-service-runs" } else { "cli-migrate-service-there" };
        lines.push(texts.say(id, &json!({ "name": service.name })));
    }
    lines.join("\n")
}

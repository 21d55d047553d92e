//! `migrate`

use crate::output::Printer;
use connector_api::{Door, Found, Migrated};
use connector_model::{Code, Error, Result};
use std::path::{Path, PathBuf};

pub async fn run(
    door: &Door,
    printer: &Printer,
    file: Option<PathBuf>,
    blank_password: bool,
) -> Result<bool> {
    let found = door.found().await?;
    let file = file.or_else(|| found.file.clone()).ok_or_else(|| {
        Error::new(Code::NotFound, "No inSyncADConnector.cfg is found on this machine.")
            .with_action("Name it: insync-connector migrate FILE.")
            .at("file")
    })?;
    let migrated = door.migrate(&file, blank_password).await?;
    printer.show(&migrated, || text(&migrated, &found, &file));
    Ok(migrated.failure.is_none())
}

fn text(migrated: &Migrated, found: &Found, file: &Path) -> String {
    let mut lines = vec![migrated.proxy.as_ref().map_or("No proxy was set.".to_owned(), |proxy| {
        format!("Proxy {}:{} of {} taken over.", proxy.host, proxy.port, file.display())
    })];
    if migrated.blanked {
        lines.push("Its password is in the keychain now, and no longer in the file.".to_owned());
    } else if migrated.password_kept && migrated.failure.is_none() {
        lines.push(
            "Its password is in the keychain now, and still in the file: --blank-password takes it out."
                .to_owned(),
        );
    }
    if let Some(failure) = &migrated.failure {
        lines.push(format!("{} {} ({})", failure.message, failure.action, failure.code));
    }
    for left in &migrated.left_out {
        lines.push(format!("Left out: {} ({}).", left.key, left.instead.words()));
    }
    if let Some(service) = &found.service {
        let state = if service.running { "still runs" } else { "is still installed" };
        lines.push(format!(
            "The former connector's service \"{}\" {state}. Stop and disable it before you register: two connectors must not work side by side.",
            service.name
        ));
    }
    lines.join("\n")
}

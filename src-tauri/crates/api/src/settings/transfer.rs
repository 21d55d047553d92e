//! Everything an administrator decided, without secrets, as a text that another computer takes over.

use super::transfer_file::{self, Moved};
use crate::Door;
use crate::account::check_name;
use crate::account::company_ca::tidied;
use crate::cloud::registration::proxy_of;
use crate::files::given::text_file;
use crate::files::{self, Saved};
use crate::host::{Host, blocking};
use crate::secrets::{PROXY_PASSWORD, forget_password, without_password};
use connector_model::settings::{CloudKind, CloudSettings, Former, NextCloud};
use connector_model::{Code, Error, Result, Settings, SettingsChange, io_reason};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// What was taken over, and what only a person can do.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Imported {
    /// The computer that the settings are from.
    pub host: String,
    /// Accounts that are here now.
    pub accounts: Vec<String>,
    /// Mappings that are here now. None is imported by itself before its preview was seen and its import started.
    pub mappings: Vec<String>,
    /// Accounts whose password has to be entered here.
    pub passwords: Vec<String>,
    /// Whether the proxy's password has to be given at registration.
    pub proxy_password: bool,
    /// The registration to come; none where this computer is registered already, or the other one was not.
    pub next: Option<NextCloud>,
}

impl Door {
    /// The settings as a file in the folder for downloads.
    pub async fn export_settings(&self) -> Result<Saved> {
        files::whole("insync-connector-settings", "toml", self.settings_text().await?.as_bytes())
    }

    /// The settings as a new file of that name.
    pub async fn export_settings_to(&self, file: &Path) -> Result<()> {
        let text = self.settings_text().await?;
        let failed = |e: std::io::Error| {
            Error::new(
                Code::StorageFailed,
                format!("{} cannot be written: {}.", file.display(), io_reason(&e)),
            )
            .with_action("Choose a new file in a folder that you can write to.")
            .at("file")
        };
        let mut out = File::create_new(file).map_err(failed)?;
        out.write_all(text.as_bytes()).and_then(|()| out.sync_all()).map_err(|e| {
            // Half a file would only be in the way of the next attempt.
            let _ = std::fs::remove_file(file);
            failed(e)
        })
    }

    /// Takes over a file that another connector exported.
    pub async fn import_settings_from(&self, file: &Path, replace: bool) -> Result<Imported> {
        self.import_settings(text_file(file, "file")?, replace).await
    }
}

impl Host {
    /// The settings as text.
    pub async fn export_settings(&self) -> Result<String> {
        let settings = tidied(self.settings()?)?;
        let text = transfer_file::write(&settings, &connector_platform::host_name(), self.version)?;
        self.note_settings(SettingsChange::SettingsExported, json!({})).await;
        Ok(text)
    }

    /// Takes over what another connector exported, all of it or nothing.
    pub async fn import_settings(&self, text: &str, replace: bool) -> Result<Imported> {
        let Moved { host, settings } = transfer_file::read(text)?;
        check(&settings)?;
        let names: Vec<String> = settings.mappings.iter().map(|m| m.name.clone()).collect();
        let staged = self.stage(|now| {
            let next = next_of(now, &settings, &host);
            may_go(now, &settings, next.as_ref(), replace)?;
            *now = Settings { cloud: now.cloud.clone(), next, ..settings };
            Ok(now.clone())
        })?;
        let secrets = async {
            // Before the engine sees them: none of them is imported by itself.
            let (engine, names) = (self.engine().clone(), names.clone());
            blocking(move || engine.await_preview(&names)).await?;
            self.forget_secrets(&staged.before, &staged.after).await
        };
        let secrets = secrets.await;
        let imported = self.finish(SettingsChange::SettingsImported, staged, secrets).await?;
        self.clear_draft()?;
        let next = imported.next;
        let asks = |next: &NextCloud| next.proxy.as_ref().is_some_and(|p| p.user.is_some());
        Ok(Imported {
            host,
            accounts: imported.accounts.iter().map(|a| a.name.clone()).collect(),
            mappings: names,
            passwords: without_password(&self.keychain, &imported.accounts)
                .await
                .unwrap_or_default(),
            proxy_password: next.as_ref().is_some_and(asks)
                && self.keychain.get(PROXY_PASSWORD).await.is_err(),
            next,
        })
    }

    /// A password is for one server: an account or proxy that changes loses it, however it is named.
    async fn forget_secrets(&self, before: &Settings, after: &Settings) -> Result<()> {
        for account in before.accounts.iter().filter(|account| !after.accounts.contains(account)) {
            forget_password(&self.keychain, &account.name).await?;
        }
        self.keep_password(proxy_of(before), proxy_of(after), None).await
    }
}

/// The registration of another computer, as the one to come of this computer.
fn next(cloud: &CloudSettings, host: &str) -> NextCloud {
    let replaces = (cloud.kind == CloudKind::Connector)
        .then(|| Former { connector_id: cloud.connector_id.clone(), host: host.to_owned() });
    NextCloud {
        kind: cloud.kind,
        url: Some(cloud.url.clone()),
        ca_pem: cloud.ca_pem.clone(),
        proxy: cloud.proxy.clone(),
        replaces,
    }
}

/// The registration to come of this computer: a proxy that waits here stays where the file names none.
fn next_of(now: &Settings, then: &Settings, host: &str) -> Option<NextCloud> {
    if now.cloud.is_some() {
        return None;
    }
    let next = then.cloud.as_ref().map(|cloud| next(cloud, host)).or(then.next.clone());
    match now.next.as_ref().and_then(|next| next.proxy.clone()) {
        None => next,
        Some(kept) => {
            let mut next = next.unwrap_or_default();
            next.proxy.get_or_insert(kept);
            Some(next)
        }
    }
}

/// Nothing that is here is lost unasked.
fn may_go(now: &Settings, then: &Settings, next: Option<&NextCloud>, replace: bool) -> Result<()> {
    if let Some(cloud) = &now.cloud {
        let same = then
            .cloud
            .as_ref()
            .is_some_and(|c| (&c.connector_id, &c.url) == (&cloud.connector_id, &cloud.url));
        if !same {
            let text =
                "This computer is already registered with a cloud as a connector of its own.";
            return Err(Error::new(Code::AlreadyRegistered, text).with_action(
                "Unregister it first. When you register it again, it takes the other connector's place.",
            ));
        }
    }
    let known = now.next.as_ref().and_then(|next| next.proxy.as_ref());
    let other = known.is_some() && known != next.and_then(|next| next.proxy.as_ref());
    if replace || now.accounts.is_empty() && now.mappings.is_empty() && !other {
        return Ok(());
    }
    let (accounts, mappings) = (now.accounts.len(), now.mappings.len());
    let proxy = if other { ", as does another proxy with its password" } else { "" };
    let text =
        format!("Accounts ({accounts}) and mappings ({mappings}) already exist here{proxy}.");
    Err(Error::new(Code::SettingsPresent, text)
        .with_action("To replace them all, use --replace; or remove them first.")
        .at("replace"))
}

/// What a file may say as far as its form goes, and what cannot be meant.
pub(crate) fn check(settings: &Settings) -> Result<()> {
    crate::settings::rules::check_rules(settings)?;
    let within = |list: &str, place: usize, error: Error| {
        let field = error.field.clone().map(|field| format!(".{field}")).unwrap_or_default();
        error.at(format!("{list}[{place}]{field}"))
    };
    for (place, account) in settings.accounts.iter().enumerate() {
        let others = settings.accounts[..place].iter().map(|a| a.name.as_str());
        check_name(&account.name, "name")
            .and_then(|()| is_new(&account.name, others))
            .and_then(|()| transfer_file::check_account(account))
            .map_err(|e| within("accounts", place, e))?;
    }
    for (place, mapping) in settings.mappings.iter().enumerate() {
        let others = settings.mappings[..place].iter().map(|m| m.name.as_str());
        check_name(&mapping.name, "name")
            .and_then(|()| is_new(&mapping.name, others))
            .and_then(|()| settings.account(&mapping.account).map(drop))
            .and_then(|()| transfer_file::check_mapping(mapping))
            .map_err(|e| within("mappings", place, e))?;
    }
    transfer_file::check_clouds(settings)
}

fn is_new<'a>(name: &str, mut others: impl Iterator<Item = &'a str>) -> Result<()> {
    if others.any(|other| connector_model::settings::same_name(other, name)) {
        let text = format!("\"{name}\" appears twice.");
        return Err(Error::new(Code::InvalidSettings, text).at("name"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use connector_model::settings::{ProxyKind, ProxySettings};

    fn proxy(host: &str) -> ProxySettings {
        ProxySettings {
            kind: ProxyKind::Http,
            host: host.to_owned(),
            port: 1,
            user: None,
            from: None,
        }
    }

    fn with(host: Option<&str>) -> Settings {
        let next = NextCloud { proxy: host.map(proxy), ..NextCloud::default() };
        Settings { next: Some(next), ..Settings::default() }
    }

    /// The host of the proxy after an import of `then`.
    fn after(now: &Settings, then: &Settings, replace: bool) -> Result<Option<String>, Code> {
        let next = next_of(now, then, "SRV-1");
        may_go(now, then, next.as_ref(), replace).map_err(|error| error.code)?;
        Ok(next.and_then(|next| next.proxy).map(|proxy| proxy.host))
    }

    #[test]
    fn a_proxy_that_waits_for_the_registration_is_not_lost_unasked() {
        let (ours, theirs) = (with(Some("ours")), with(Some("theirs")));
        for then in [with(None), Settings::default(), ours.clone()] {
            assert_eq!(after(&ours, &then, false).unwrap().unwrap(), "ours");
        }
        assert_eq!(after(&ours, &theirs, false), Err(Code::SettingsPresent));
        assert_eq!(after(&ours, &theirs, true).unwrap().unwrap(), "theirs");
        assert_eq!(after(&Settings::default(), &theirs, false).unwrap().unwrap(), "theirs");
    }
}

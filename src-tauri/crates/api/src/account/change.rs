//! Accounts are added and changed in one way: nothing is kept unless the directory took the password, and the password goes
//! to no server that it was not entered for.

use crate::AccountView;
use crate::account::{error_of, place, wrong_rule};
use crate::host::{HomeContext, Host};
use crate::secrets::{for_others, keep_password, password_of};
use connector_model::settings::same_name;
use connector_model::{
    Account, AttributeNames, BindName, Check, CheckStatus, Code, Error, HostPort, Result, Secret,
    Security, SettingsChange, send_optional_secret,
};
use serde::{Deserialize, Serialize};

/// What is to be changed; what is left out stays.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(optional_fields))]
pub struct AccountPatch {
    /// Servers, tried in order.
    pub servers: Option<Vec<HostPort>>,
    /// DNS domain for finding servers; an empty text takes it away.
    pub domain: Option<String>,
    /// Protection of the connection.
    pub security: Option<Security>,
    /// PEM text of the company CA; an empty text takes it away.
    pub ca_pem: Option<String>,
    /// Who reads.
    pub bind_name: Option<BindName>,
    /// Attribute names, all of them.
    pub attributes: Option<AttributeNames>,
    /// The bind password: needed where it would go to other servers, or by another way, than it was entered for.
    #[serde(serialize_with = "send_optional_secret", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<String>"))]
    pub password: Option<Secret>,
}

impl AccountPatch {
    fn apply(self, account: &mut Account) {
        let given = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        if let Some(servers) = self.servers {
            account.servers = servers;
        }
        if let Some(domain) = self.domain {
            account.domain = given(domain);
        }
        if let Some(security) = self.security {
            account.security = security;
        }
        if let Some(pem) = self.ca_pem {
            account.ca_pem = given(pem);
        }
        if let Some(bind_name) = self.bind_name {
            account.bind_name = bind_name;
        }
        if let Some(attributes) = self.attributes {
            account.attributes = attributes;
        }
    }
}

impl Host {
    /// Changes how an account is reached and read. Nothing changes unless the directory takes the password that way.
    pub async fn change_account(&self, name: &str, mut patch: AccountPatch) -> Result<AccountView> {
        let kept = self.settings()?.account(name)?.clone();
        let (mut account, password) = (kept.clone(), patch.password.take());
        patch.apply(&mut account);
        if account.bind_name.0.trim().is_empty() {
            return Err(Error::new(Code::InvalidInput, "The bind name is empty.").at("bind_name"));
        }
        let what = match &password {
            Some(_) if account == kept => SettingsChange::PasswordChanged,
            _ => SettingsChange::AccountChanged,
        };
        let password = match password {
            Some(password) => password,
            None if place::covers(&kept, &account) => password_of(&self.keychain, &kept).await?,
            None => return Err(for_others(&account)),
        };
        self.prove(&mut account, &password).await?;
        self.keep(what, Some(&kept), account.clone(), &password).await?;
        Ok(AccountView::from(&account))
    }

    /// Replaces an account's password.
    pub async fn set_account_password(&self, name: &str, password: Secret) -> Result<()> {
        let patch = AccountPatch { password: Some(password), ..AccountPatch::default() };
        self.change_account(name, patch).await.map(drop)
    }

    /// Signs in to an account's directory and looks what it is. What could not be tried has not worked.
    pub(super) async fn prove(
        &self,
        account: &mut Account,
        password: &Secret,
    ) -> Result<Vec<Check>> {
        if password.is_empty() {
            return Err(Error::of(Code::EmptyPassword).at("password"));
        }
        let directory = HomeContext::directory_with(account, password.clone())?;
        let checks = directory.check(&[]).await;
        let passed = |check: &&Check| check.check == "bind" && check.status == CheckStatus::Pass;
        if !checks.iter().any(|check| passed(&check)) {
            let failed = checks.iter().find(|check| check.status == CheckStatus::Fail);
            return Err(failed.map_or_else(|| Error::of(Code::DirectoryUnavailable), error_of));
        }
        if let Some(failed) = wrong_rule(&checks) {
            return Err(error_of(failed));
        }
        account.kind = directory.kind().await?;
        Ok(checks)
    }

    /// Keeps an account with its password. Where the settings cannot be written, the password that was there is there again.
    pub(super) async fn keep(
        &self,
        what: SettingsChange,
        before: Option<&Account>,
        account: Account,
        password: &Secret,
    ) -> Result<()> {
        let former = match before {
            Some(before) => password_of(&self.keychain, before).await.ok(),
            None => None,
        };
        let secrets = keep_password(&self.keychain, &account, password).await;
        let stored = account.clone();
        let staged = match secrets {
            Err(error) => Err(error),
            Ok(()) => self.stage(|settings| {
                let place = settings.accounts.iter().position(|a| same_name(&a.name, &stored.name));
                match (place, before) {
                    // Somebody else was faster.
                    (Some(_), None) => Err(Error::of(Code::AlreadyExists).at("name")),
                    (Some(place), Some(before)) if settings.accounts[place] == *before => {
                        settings.accounts[place] = stored;
                        Ok(())
                    }
                    (_, Some(_)) => Err(Error::of(Code::NotFound).at("name")),
                    (None, None) => {
                        settings.accounts.push(stored);
                        Ok(())
                    }
                }
            }),
        };
        match staged {
            Ok(_) => self.account_changed(what, account.name).await,
            Err(error) => {
                match (before, former) {
                    (Some(before), Some(former)) => {
                        let _ = keep_password(&self.keychain, before, &former).await;
                    }
                    _ if error.code == Code::AlreadyExists => {}
                    _ => drop(crate::secrets::forget_password(&self.keychain, &account.name).await),
                }
                Err(error)
            }
        }
    }
}

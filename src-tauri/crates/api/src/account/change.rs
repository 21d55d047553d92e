//! How an account is reached, changed after the directory answered that way.

use crate::AccountView;
use crate::account::{error_of, wrong_rule};
use crate::host::{HomeContext, Host};
use crate::secrets::password_of;
use connector_model::settings::same_name;
use connector_model::{AttributeNames, CheckStatus, HostPort, Result, Security, SettingsChange};
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
    /// Attribute names, all of them.
    pub attributes: Option<AttributeNames>,
}

impl Host {
    /// Changes how an account is reached. Nothing changes unless the directory answers that way with the kept password.
    pub async fn change_account(&self, name: &str, patch: AccountPatch) -> Result<AccountView> {
        let mut account = self.settings()?.account(name)?.clone();
        let given = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        if let Some(servers) = patch.servers {
            account.servers = servers;
        }
        if let Some(domain) = patch.domain {
            account.domain = given(domain);
        }
        if let Some(security) = patch.security {
            account.security = security;
        }
        if let Some(pem) = patch.ca_pem {
            account.ca_pem = given(pem);
        }
        if let Some(attributes) = patch.attributes {
            account.attributes = attributes;
        }
        let password = password_of(&self.keychain, &account.name).await?;
        let directory = HomeContext::directory_with(&account, password)?;
        let checks = directory.check(&[]).await;
        let bound = checks.iter().any(|c| c.check == "bind" && c.status == CheckStatus::Pass);
        if let Some(failed) = checks.iter().find(|c| c.status == CheckStatus::Fail)
            && !bound
        {
            return Err(error_of(failed));
        }
        if let Some(failed) = wrong_rule(&checks) {
            return Err(error_of(failed));
        }
        account.kind = directory.kind().await?;
        let view = AccountView::from(&account);
        self.change(SettingsChange::AccountChanged, move |settings| {
            if let Some(slot) =
                settings.accounts.iter_mut().find(|a| same_name(&a.name, &account.name))
            {
                *slot = account;
            }
            Ok(())
        })
        .await?;
        Ok(view)
    }
}

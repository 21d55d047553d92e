//! Accounts: registered directories.

mod browse;
pub(crate) mod certificates;
pub(crate) mod change;
pub(crate) mod company_ca;
pub(crate) mod place;
pub(crate) mod probe;
pub(crate) mod server_address;

use crate::host::Host;
use crate::secrets::forget_password;
use connector_model::settings::same_name;
use connector_model::{
    Account, Check, CheckStatus, Code, Error, Result, Secret, Security, ServerKind, SettingsChange,
    send_secret,
};
use serde::{Deserialize, Serialize};

/// An account to be added, with its password beside it.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NewAccount {
    /// Everything but the password; `kind` is replaced by what the server says.
    pub account: Account,
    /// Whether the administrator insists on AD rules (true), on LDAP rules (false), or on nothing.
    #[cfg_attr(test, ts(optional = nullable))]
    pub expect_ad: Option<bool>,
    /// Goes to the keychain.
    #[serde(serialize_with = "send_secret")]
    #[cfg_attr(test, ts(as = "String"))]
    pub password: Secret,
    /// Store it even where it does not work now.
    pub untested: bool,
}

/// What adding an account found.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AccountAdded {
    /// As stored.
    pub account: AccountView,
    /// The checks that were made before.
    pub checks: Vec<Check>,
}

/// An account as shown: without its CA's text.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AccountView {
    /// Name.
    pub name: String,
    /// Kind in words.
    pub kind: ServerKind,
    /// Servers in order.
    pub servers: Vec<String>,
    /// DNS domain for finding servers.
    pub domain: Option<String>,
    /// Protection.
    pub security: Security,
    /// SHA-256 of the company CA's certificates.
    pub ca_fingerprints: Vec<String>,
    /// Who reads.
    pub bind_name: String,
    /// Names that differ from the defaults.
    pub attributes: connector_model::AttributeNames,
}

impl From<&Account> for AccountView {
    fn from(account: &Account) -> Self {
        let certificates =
            account.ca_pem.as_deref().and_then(|pem| connector_tls::parse_certificates(pem).ok());
        Self {
            name: account.name.clone(),
            kind: account.kind,
            servers: account.servers.iter().map(ToString::to_string).collect(),
            domain: account.domain.clone(),
            security: account.security,
            ca_fingerprints: certificates
                .unwrap_or_default()
                .into_iter()
                .map(|c| c.sha256)
                .collect(),
            bind_name: account.bind_name.0.clone(),
            attributes: account.attributes.clone(),
        }
    }
}

impl Host {
    /// Tests a directory and stores it with its password. Nothing is stored unless the test passes.
    pub async fn add_account(&self, new: NewAccount) -> Result<AccountAdded> {
        let NewAccount { mut account, expect_ad, password, untested } = new;
        check_name(&account.name, "name")?;
        if password.is_empty() {
            return Err(Error::of(Code::EmptyPassword).at("password"));
        }
        if self.settings()?.account(&account.name).is_ok() {
            return Err(Error::new(
                Code::AlreadyExists,
                format!("An account named \"{}\" already exists.", account.name),
            )
            .at("name"));
        }
        if let Some(pem) = &account.ca_pem {
            connector_tls::parse_certificates(pem)?;
        }
        let mut checks = vec![];
        if !untested {
            checks = self.prove(&mut account, &password).await?;
            if expect_ad.is_some_and(|ad| ad != account.kind.is_ad()) {
                let text = format!(
                    "The server is {}, which is not the kind you asked for.",
                    account.kind.label()
                );
                return Err(Error::new(Code::InvalidInput, text)
                    .with_action("Use --kind auto, or enter another server.")
                    .at("kind"));
            }
        }
        self.keep(SettingsChange::AccountAdded, None, account.clone(), &password).await?;
        Ok(AccountAdded { account: AccountView::from(&account), checks })
    }

    /// All accounts.
    pub fn accounts(&self) -> Result<Vec<AccountView>> {
        Ok(self.settings()?.accounts.iter().map(AccountView::from).collect())
    }

    /// One account.
    pub fn account(&self, name: &str) -> Result<AccountView> {
        Ok(AccountView::from(self.settings()?.account(name)?))
    }

    /// Removes an account and its password. Refused while a mapping uses it.
    pub async fn remove_account(&self, name: &str) -> Result<()> {
        let settings = self.settings()?;
        let name = settings.account(name)?.name.clone();
        self.change(SettingsChange::AccountRemoved, |settings| {
            if let Some(mapping) = settings.mappings.iter().find(|m| same_name(&m.account, &name)) {
                return Err(Error::new(
                    Code::InUse,
                    format!("The mapping \"{}\" still uses the account.", mapping.name),
                )
                .at("name"));
            }
            settings.accounts.retain(|a| !same_name(&a.name, &name));
            Ok(())
        })
        .await?;
        forget_password(&self.keychain, &name).await
    }

    /// Every step to an account's directory.
    pub async fn test_account(&self, name: &str) -> Result<Vec<Check>> {
        self.keychain.ask_again();
        let settings = self.settings()?;
        let account = settings.account(name)?;
        let used = settings.mappings.iter().filter(|m| same_name(&m.account, &account.name));
        let mut bases: Vec<_> = used.map(|m| m.base_dn.clone()).collect();
        bases.dedup_by_key(|base| base.key());
        match self.directory(account).await {
            Ok(directory) => Ok(directory.check(&bases).await),
            Err(error) => Ok(vec![Check::fail("keychain", account.name.clone(), &error)]),
        }
    }
}

/// Names of accounts and mappings appear in files, tables and addresses.
pub(crate) fn check_name(name: &str, field: &str) -> Result<()> {
    let good = !name.trim().is_empty() && name == name.trim() && name.chars().count() <= 64;
    if good && !name.chars().any(|c| c.is_control() || c == '/') {
        return Ok(());
    }
    Err(Error::new(Code::InvalidInput, format!("\"{}\" cannot be a name.", name.escape_debug()))
        .with_action(
            "Use up to 64 characters, without slashes and without a space at the start or the end.",
        )
        .at(field))
}

/// The check of a rule for enabled people that decides nobody: kept, it would leave everybody out.
pub(crate) fn wrong_rule(checks: &[Check]) -> Option<&Check> {
    checks.iter().find(|c| c.check == "enabled_rule" && c.status == CheckStatus::Fail)
}

pub(crate) fn error_of(check: &Check) -> Error {
    let code = check.code.unwrap_or(Code::DirectoryUnavailable);
    let error = Error::new(code, check.message.clone()).with_action(check.action.clone());
    match check.check.as_str() {
        "resolve" | "connect" | "tls" => error.at("servers"),
        "bind" => error.at("password"),
        "enabled_rule" => error.at("enabled"),
        _ => error,
    }
}

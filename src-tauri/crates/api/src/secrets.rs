//! Names of the secrets in the keychain, and how the bind passwords are looked up.

use connector_model::{Account, Code, Error, Result, Secret};
use connector_platform::Keychain;

pub(crate) const SCIM_TOKEN: &str = "cloud/scim-token";
pub(crate) const SIGNING_KEY: &str = "cloud/signing-key";
pub(crate) const SEALING_KEY: &str = "cloud/sealing-key";
pub(crate) const PROXY_PASSWORD: &str = "cloud/proxy-password";

/// Name of an account's bind password.
pub(crate) fn password_name(account: &str) -> String {
    format!("account/{}/password", account.to_lowercase())
}

/// An account's bind password.
pub(crate) async fn password_of(keychain: &Keychain, account: &str) -> Result<Secret> {
    keychain.get(&password_name(account)).await.map_err(|error| match error.code {
        Code::SecretMissing => {
            let text = format!("The password of account \"{account}\" is not in the keychain here.");
            Error::new(Code::SecretMissing, text)
                .with_action(format!(
                    "Enter it: insync-connector account set-password \"{account}\", or in the window under Accounts."
                ))
                .at("password")
        }
        _ => error,
    })
}

/// Those of these accounts whose password is not in the keychain. Where that cannot be asked, nothing is missing for sure.
pub(crate) async fn without_password(keychain: &Keychain, accounts: &[Account]) -> Vec<String> {
    let mut missing = vec![];
    for account in accounts {
        match keychain.get(&password_name(&account.name)).await {
            Ok(_) => {}
            Err(error) if error.code == Code::SecretMissing => missing.push(account.name.clone()),
            // A keychain that is locked is not asked for every account.
            Err(_) => break,
        }
    }
    missing
}

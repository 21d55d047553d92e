//! Names of the secrets in the keychain, and how the bind passwords are kept: each with a mark of the servers it is for.

use crate::account::place;
use connector_model::settings::{CloudKind, CloudSettings};
use connector_model::{Account, Code, Error, Result, Secret, command_word};
use connector_platform::Keychain;

pub(crate) const SCIM_TOKEN: &str = "cloud/scim-token";
pub(crate) const SIGNING_KEY: &str = "cloud/signing-key";
pub(crate) const SEALING_KEY: &str = "cloud/sealing-key";
pub(crate) const PROXY_PASSWORD: &str = "cloud/proxy-password";

/// That what the registration needs is not there, as such.
pub(crate) fn of_registration(error: Error) -> Error {
    if is_missing(&error) { Error::of(Code::IdentityMissing) } else { error }
}

/// Whether everything is there that a registration needs; the first that is not says why.
pub(crate) async fn registration_is_whole(
    keychain: &Keychain,
    cloud: &CloudSettings,
) -> Result<()> {
    let keys =
        [SIGNING_KEY, SEALING_KEY].into_iter().filter(|_| cloud.kind == CloudKind::Connector);
    for name in [SCIM_TOKEN].into_iter().chain(keys) {
        keychain.get(name).await.map_err(of_registration)?;
    }
    Ok(())
}

/// Whether the proxy's password is there, where it asks for a user.
pub(crate) async fn proxy_password_is_there(
    keychain: &Keychain,
    cloud: &CloudSettings,
) -> Result<()> {
    if cloud.proxy.as_ref().is_none_or(|proxy| proxy.user.is_none()) {
        return Ok(());
    }
    match keychain.get(PROXY_PASSWORD).await {
        Err(error) if is_missing(&error) => {
            Err(Error::new(error.code, "The proxy's password is not in the keychain here.")
                .with_action(
                    "Enter it again in the settings, or with: insync-connector settings proxy.",
                ))
        }
        found => found.map(drop),
    }
}

/// Names of what is kept of an account: its bind password, and for which servers that is.
fn names(account: &str) -> [String; 2] {
    let account = account.to_lowercase();
    [format!("account/{account}/password"), format!("account/{account}/place")]
}

/// An account's bind password; `secret_missing` where there is none for its servers.
pub(crate) async fn password_of(keychain: &Keychain, account: &Account) -> Result<Secret> {
    let [password, place] = names(&account.name);
    let known = keychain.get(&password).await;
    let known = known.map_err(|error| if is_missing(&error) { missing(account) } else { error })?;
    let mark = Secret::from(place::mark(account));
    match keychain.get(&place).await {
        Ok(kept) if kept == mark => Ok(known),
        Ok(_) => Err(for_others(account)),
        // Kept by a version that noted no place: it is for the servers that the account had then, and still has.
        Err(error) if is_missing(&error) => keychain.set(&place, &mark).await.map(|()| known),
        Err(error) => Err(error),
    }
}

/// Keeps an account's bind password, for its servers.
pub(crate) async fn keep_password(
    keychain: &Keychain,
    account: &Account,
    password: &Secret,
) -> Result<()> {
    let [name, place] = names(&account.name);
    // The place first: a password without one would be taken for one of an earlier version.
    keychain.set(&place, &Secret::from(place::mark(account))).await?;
    keychain.set(&name, password).await
}

/// Forgets an account's bind password.
pub(crate) async fn forget_password(keychain: &Keychain, account: &str) -> Result<()> {
    for name in names(account) {
        keychain.delete(&name).await?;
    }
    Ok(())
}

/// That an account's password has to be entered before it goes to these servers.
pub(crate) fn for_others(account: &Account) -> Error {
    let text = format!(
        "The password of account \"{}\" was entered for other servers, another bind name or a better protected connection.",
        account.name
    );
    Error::new(Code::SecretMissing, text)
        .with_action("Enter the password together with the change. It is sent to no server that it was not entered for.")
        .at("password")
}

fn missing(account: &Account) -> Error {
    let name = &account.name;
    let text = format!("The password of account \"{name}\" is not in the keychain here.");
    Error::new(Code::SecretMissing, text)
        .with_action(format!(
            "Enter it in the window under Accounts, or run: insync-connector account set-password {}",
            command_word(name)
        ))
        .at("password")
}

fn is_missing(error: &Error) -> bool {
    error.code == Code::SecretMissing
}

/// Those of these accounts whose password is not in the keychain. A keychain that is locked is not asked for every account:
/// what is missing is not known then.
pub(crate) async fn without_password(
    keychain: &Keychain,
    accounts: &[Account],
) -> Result<Vec<String>> {
    let mut missing = vec![];
    for account in accounts {
        match password_of(keychain, account).await {
            Ok(_) => {}
            Err(error) if is_missing(&error) => missing.push(account.name.clone()),
            Err(error) => return Err(error),
        }
    }
    Ok(missing)
}

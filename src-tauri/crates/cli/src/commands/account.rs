//! `account …`

use super::read_file;
use crate::arguments::{Account as Command, AccountAdd, Kind};
use crate::output::{Printer, table};
use crate::secret_input;
use connector_api::{AccountView, Connector, NewAccount};
use connector_model::{
    Account, AttributeNames, BindName, CheckStatus, Code, Error, HostPort, Result, Security,
    ServerKind,
};
use serde_json::json;

pub async fn run(connector: &Connector, printer: &Printer, command: Command) -> Result<bool> {
    match command {
        Command::Add(add) => return self::add(connector, printer, *add).await,
        Command::List => {
            let accounts = connector.accounts()?;
            printer.show(&accounts, || list(&accounts));
        }
        Command::Show { name } => {
            let account = connector.account(&name)?;
            printer.show(&account, || list(std::slice::from_ref(&account)));
        }
        Command::Test { name } => {
            let checks = connector.test_account(&name).await?;
            printer.checks(&checks);
            return Ok(checks.iter().all(|c| c.status != CheckStatus::Fail));
        }
        Command::Remove { name } => {
            connector.remove_account(&name).await?;
            printer.show(&json!({ "removed": name }), || {
                format!("Account \"{name}\" and its password are removed.")
            });
        }
        Command::SetPassword { name, password } => {
            let password = secret_input::read(password.password_stdin, "password")?;
            connector.set_account_password(&name, password).await?;
            printer.show(&json!({ "account": name }), || {
                format!("The new password of \"{name}\" works and is kept.")
            });
        }
    }
    Ok(true)
}

async fn add(connector: &Connector, printer: &Printer, add: AccountAdd) -> Result<bool> {
    let security: Security = add.security.parse()?;
    if security == Security::Plain {
        printer.remark(
            "warning: without TLS every password of a sign-in crosses the network readable.",
        );
    }
    let mut attributes = AttributeNames::default();
    for pair in &add.attr {
        let (key, value) = pair.split_once('=').ok_or_else(|| {
            Error::new(Code::InvalidInput, format!("\"{pair}\" is not KEY=NAME."))
                .with_action("Write it like --attr email=mail.")
                .at("attr")
        })?;
        attributes.set(key, value)?;
    }
    let servers = add.server.iter().map(|s| s.parse()).collect::<Result<Vec<HostPort>>>()?;
    let ca_pem = add.ca.as_deref().map(|file| read_file(file, "ca")).transpose()?;
    let password = secret_input::read(add.password.password_stdin, "password")?;
    let account = Account {
        name: add.name,
        kind: ServerKind::Auto,
        servers,
        domain: add.domain,
        security,
        ca_pem,
        bind_name: BindName(add.bind_name),
        attributes,
    };
    let expect_ad = match add.kind {
        Kind::Ad => Some(true),
        Kind::Ldap => Some(false),
        Kind::Auto => None,
    };
    let added = connector
        .add_account(NewAccount { account, expect_ad, password, untested: add.untested })
        .await?;
    printer.show(&added, || {
        format!(
            "Account \"{}\" added: {}, {}.",
            added.account.name,
            added.account.kind.label(),
            added.account.servers.join(", ")
        )
    });
    Ok(true)
}

fn list(accounts: &[AccountView]) -> String {
    let rows = accounts.iter().map(|a| {
        let servers = if a.servers.is_empty() {
            a.domain.clone().unwrap_or_default()
        } else {
            a.servers.join(", ")
        };
        let security = format!("{:?}", a.security).to_lowercase();
        [a.name.clone(), a.kind.label().to_owned(), servers, security, a.bind_name.clone()]
    });
    table(["name", "kind", "servers", "security", "bind name"], rows)
}

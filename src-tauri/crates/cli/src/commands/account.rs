//! `account …`

use super::certificates;
use crate::arguments::{Account as Command, AccountAdd, Kind};
use crate::control_arguments::AccountChange;
use crate::output::{Printer, checks, documents, table};
use crate::secret_input::{self, Asked};
use connector_api::{AccountPatch, AccountView, Door, NewAccount, certificate_file};
use connector_model::{
    Account, AttributeNames, BindName, CheckStatus, Code, Error, HostPort, Result, Security,
    SentSecret, ServerKind,
};
use connector_texts::Texts;
use serde_json::json;

pub async fn run(door: &Door, printer: &Printer, command: Command) -> Result<bool> {
    match command {
        Command::Add(add) => return self::add(door, printer, *add).await,
        Command::List => {
            let accounts = door.accounts().await?;
            printer.show(&accounts, || list(printer.texts(), &accounts));
        }
        Command::Show { name } => {
            let account = door.account(name).await?;
            let missing = door.status().await?.missing_passwords.contains(&account.name);
            printer.show(&account, || details(printer.texts(), &account, missing));
        }
        Command::Test { name } => {
            let checks = door.test_account(name).await?;
            printer.checks(&checks);
            return Ok(checks.iter().all(|c| c.status != CheckStatus::Fail));
        }
        Command::Certificates(look) => certificates::run(door, printer, look).await?,
        Command::Find { domain } => {
            let servers = door.find_servers(domain).await?;
            printer.show(&servers, || {
                servers.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
            });
        }
        Command::Probe(at) => {
            let seen = door.probe_server(certificates::address(at)?).await?;
            printer.show(&documents::with_checks(&seen, &seen.checks), || {
                checks::text(printer.texts(), &seen.checks)
            });
            return Ok(seen.checks.iter().all(|c| c.status != CheckStatus::Fail));
        }
        Command::Change(change) => {
            let name = change.name.clone();
            let account = Box::pin(door.change_account(name, patch(change)?)).await?;
            printer.show(&account, || details(printer.texts(), &account, false));
        }
        Command::Remove { name } => {
            door.remove_account(name.clone()).await?;
            printer.show(&json!({ "removed": name }), || {
                printer.texts().say("cli-account-removed", &json!({ "name": name }))
            });
        }
        Command::SetPassword { name, password } => {
            let password = secret_input::read(password.password_stdin, Asked::Password)?;
            door.set_account_password(name.clone(), SentSecret(password)).await?;
            printer.show(&json!({ "account": name }), || {
                printer.texts().say("cli-account-password", &json!({ "name": name }))
            });
        }
    }
    Ok(true)
}

fn patch(change: AccountChange) -> Result<AccountPatch> {
    let servers = change.server.iter().map(|s| s.parse()).collect::<Result<Vec<HostPort>>>()?;
    let names = attributes(&change.attr)?;
    Ok(AccountPatch {
        servers: Some(servers).filter(|servers| !servers.is_empty()),
        domain: change.domain,
        security: change.security.map(|security| security.parse()).transpose()?,
        ca_pem: change.ca.as_deref().map(|file| certificate_file(file, "ca")).transpose()?,
        bind_name: change.bind_name.map(BindName),
        attributes: (!change.attr.is_empty()).then_some(names),
        password: change
            .password_stdin
            .then(|| secret_input::read(true, Asked::Password))
            .transpose()?,
    })
}

fn attributes(pairs: &[String]) -> Result<AttributeNames> {
    let mut names = AttributeNames::default();
    for pair in pairs {
        let (key, value) = pair.split_once('=').ok_or_else(|| {
            Error::new(Code::InvalidInput, format!("\"{pair}\" is not KEY=NAME."))
                .with_action("Write it like --attr email=mail.")
                .at("attr")
        })?;
        names.set(key, value)?;
    }
    Ok(names)
}

async fn add(door: &Door, printer: &Printer, add: AccountAdd) -> Result<bool> {
    let security: Security = add.at.security.parse()?;
    if security == Security::Plain {
        printer.remark(&printer.texts().text("cli-account-plain"));
    }
    let attributes = attributes(&add.attr)?;
    let servers = add.at.server.iter().map(|s| s.parse()).collect::<Result<Vec<HostPort>>>()?;
    let ca_pem = add.at.ca.as_deref().map(|file| certificate_file(file, "ca")).transpose()?;
    let password = secret_input::read(add.password.password_stdin, Asked::Password)?;
    let account = Account {
        name: add.name,
        kind: ServerKind::Auto,
        servers,
        domain: add.at.domain,
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
    let added = door
        .add_account(NewAccount { account, expect_ad, password, untested: add.untested })
        .await?;
    printer.show(&documents::with_checks(&added, &added.checks), || {
        let AccountView { name, kind, servers, .. } = &added.account;
        let values = json!({ "name": name, "kind": kind_words(printer.texts(), *kind), "servers": servers.join(", ") });
        printer.texts().say("cli-account-added", &values)
    });
    Ok(true)
}

/// Everything about one account, line by line.
fn details(texts: &Texts, account: &AccountView, missing: bool) -> String {
    let own = account.attributes.pairs();
    let attributes: Vec<String> =
        own.into_iter().map(|(key, name)| format!("{key}={name}")).collect();
    let or = |text: String, id: &str| if text.is_empty() { texts.text(id) } else { text };
    let password = if missing { "missing" } else { "kept" };
    [
        ("name", account.name.clone()),
        ("kind", kind_words(texts, account.kind)),
        ("servers", servers(texts, account)),
        ("security", account.security.to_string()),
        ("ca", or(account.ca_fingerprints.join(", "), "cli-account-ca-system")),
        ("bind-name", account.bind_name.clone()),
        ("password", texts.text(&format!("cli-account-password-{password}"))),
        ("attributes", or(attributes.join(", "), "cli-account-attributes-usual")),
    ]
    .map(|(label, value)| {
        format!("{:<12}{value}", texts.text(&format!("cli-account-label-{label}")))
    })
    .join("\n")
}

fn kind_words(texts: &Texts, kind: ServerKind) -> String {
    let name = json!(kind);
    texts.text(&format!("kind-{}", name.as_str().unwrap_or_default()))
}

fn servers(texts: &Texts, account: &AccountView) -> String {
    match &account.domain {
        Some(domain) if account.servers.is_empty() => {
            texts.say("cli-account-controllers", &json!({ "domain": domain }))
        }
        _ => account.servers.join(", "),
    }
}

fn list(texts: &Texts, accounts: &[AccountView]) -> String {
    let rows = accounts.iter().map(|a| {
        [
            a.name.clone(),
            kind_words(texts, a.kind),
            servers(texts, a),
            a.security.to_string(),
            a.bind_name.clone(),
        ]
    });
    table(texts, ["name", "kind", "servers", "security", "bind_name"], rows)
}

//! `register`, `unregister`.

use crate::arguments::Register;
use crate::output::Printer;
use crate::secret_input::{self, Asked};
use connector_api::{
    CloudView, Door, ProxyChoice, RegisterCloud, RegisterScim, certificate_file, environment_proxy,
    proxy_address, secret_file,
};
use connector_model::settings::ProxySettings;
use connector_model::{Code, Error, Result};
use connector_texts::Texts;
use serde_json::json;

pub async fn register(door: &Door, printer: &Printer, arguments: Register) -> Result<bool> {
    let ca_pem = arguments.ca.as_deref().map(|file| certificate_file(file, "ca")).transpose()?;
    let next = door.settings().await?.next.unwrap_or_default();
    let from_file = arguments.key_file.as_deref().map(|file| secret_file(file, "key_file"));
    let first = match (from_file.transpose()?, &arguments.scim) {
        (Some(key), None) => key,
        (_, Some(_)) => secret_input::read(arguments.token_stdin, Asked::Token)?,
        (None, None) => secret_input::read(arguments.key_stdin, Asked::RegistrationKey)?,
    };
    let url = arguments.cloud.as_ref().or(arguments.scim.as_ref());
    let from_stdin = arguments.proxy_password_stdin;
    let proxy = match arguments.proxy.as_deref().map(proxy).transpose()? {
        None if arguments.no_proxy => None,
        None if next.proxy.is_some() => taken_over(next.proxy, from_stdin)?,
        None => named(door, printer, url.map_or("", String::as_str), from_stdin).await?,
        Some(proxy) if proxy.user.is_some() => {
            let password = secret_input::read(from_stdin, Asked::ProxyPassword)?;
            Some(ProxyChoice { password: Some(password), ..proxy })
        }
        Some(proxy) => Some(proxy),
    };
    let same = url.zip(next.url.as_ref()).is_some_and(|(url, next)| bare(url) == bare(next));
    let ca_pem = ca_pem.or(next.ca_pem.filter(|_| same));
    let view = match (arguments.cloud, arguments.scim) {
        (Some(url), _) => {
            door.register_cloud(RegisterCloud { url, key: first, ca_pem, proxy }).await?
        }
        (None, Some(url)) => {
            door.register_scim(RegisterScim { url, token: first, ca_pem, proxy }).await?
        }
        (None, None) => return Err(Error::of(Code::InvalidInput)),
    };
    printer.show(&view, || text(printer.texts(), &view));
    Ok(true)
}

fn text(texts: &Texts, view: &CloudView) -> String {
    let done = match &view.tenant {
        Some(tenant) => {
            let values = json!({ "url": view.url, "tenant": tenant, "id": view.connector_id });
            texts.say("cli-register-cloud", &values)
        }
        None => texts.say("cli-register-scim", &json!({ "url": view.url })),
    };
    let Some(former) = &view.still else { return done };
    let values = json!({ "host": former.host, "id": former.connector_id });
    format!("{done}\n{}", texts.say("cli-register-still", &values))
}

/// The proxy that waits for a registration. Its password is in the keychain, or comes with this command.
fn taken_over(proxy: Option<ProxySettings>, from_stdin: bool) -> Result<Option<ProxyChoice>> {
    let Some(ProxySettings { kind, host, port, user, from }) = proxy else { return Ok(None) };
    let password =
        from_stdin.then(|| secret_input::read(true, Asked::ProxyPassword)).transpose()?;
    Ok(Some(ProxyChoice { kind, host, port, user, from, password }))
}

fn bare(url: &str) -> &str {
    url.trim().trim_end_matches('/')
}

pub async fn unregister(door: &Door, printer: &Printer, forget: bool, here: bool) -> Result<bool> {
    if here {
        door.leave_here().await?;
    } else {
        door.unregister(forget).await?;
    }
    printer.show(&json!({ "registered": false }), || printer.texts().text("cli-unregistered"));
    Ok(true)
}

pub async fn purge(door: &Door, printer: &Printer) -> Result<bool> {
    door.purge().await?;
    printer.show(&json!({ "purged": true }), || printer.texts().text("cli-purged"));
    Ok(true)
}

/// A proxy that was typed. A password there is refused: others can read what is on a command line.
pub(super) fn proxy(text: &str) -> Result<ProxyChoice> {
    let proxy = proxy_address(text)?;
    let who = text.rsplit_once('@').map_or("", |(who, _)| who);
    let who = who.split_once("://").map_or(who, |(_, who)| who);
    if who.contains(':') {
        return Err(Error::new(Code::InvalidInput, "The proxy's address has a password in it.")
            .with_action("Leave it out: others can read what is on a command line. You are asked for it, or pass it with --proxy-password-stdin.")
            .at("proxy"));
    }
    Ok(proxy)
}

/// The proxy that the environment names, of this program or of the engine; said before it is used.
async fn named(
    door: &Door,
    printer: &Printer,
    url: &str,
    from_stdin: bool,
) -> Result<Option<ProxyChoice>> {
    let own = environment_proxy(url)?;
    let proxy = match own {
        Some(proxy) => Some(proxy),
        None => taken_over(door.offered_proxy(url.to_owned()).await?.map(|o| o.proxy), false)?,
    };
    let Some(mut proxy) = proxy else { return Ok(None) };
    if from_stdin && proxy.password.is_none() {
        proxy.password = Some(secret_input::read(true, Asked::ProxyPassword)?);
    }
    let from = proxy.from.clone().unwrap_or_default();
    let values = json!({ "proxy": proxy.place(), "variable": from });
    printer.remark(&printer.texts().say("cli-proxy-named", &values));
    Ok(Some(proxy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_taken_from_the_command_line() {
        assert_eq!(proxy("http://corp%5Cann@p:1").unwrap().user.as_deref(), Some("corp\\ann"));
        for text in ["http://ann:secret@p:1", "ann:secret@p", "socks5://:secret@[::1]:1"] {
            let error = proxy(text).err().unwrap();
            assert_eq!(
                (error.code, error.field.as_deref()),
                (Code::InvalidInput, Some("proxy")),
                "{text}"
            );
            assert!(!format!("{error:?}").contains("secret") && error.action.contains("--proxy"));
        }
    }
}

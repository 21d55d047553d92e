//! `register`, `unregister`.

use crate::arguments::Register;
use crate::output::Printer;
use crate::secret_input::{self, Asked};
use connector_api::{
    CloudView, Door, ProxyChoice, RegisterCloud, RegisterScim, certificate_file, secret_file,
};
use connector_model::settings::{ProxyKind, ProxySettings};
use connector_model::{Code, Error, HostPort, Result};
use connector_texts::Texts;
use percent_encoding::percent_decode_str;
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
    let proxy = match arguments.proxy.as_deref().map(proxy).transpose()? {
        None if arguments.no_proxy => None,
        None => taken_over(next.proxy, arguments.proxy_password_stdin)?,
        Some(proxy) if proxy.user.is_some() => {
            let password =
                secret_input::read(arguments.proxy_password_stdin, Asked::ProxyPassword)?;
            Some(ProxyChoice { password: Some(password), ..proxy })
        }
        Some(proxy) => Some(proxy),
    };
    let url = arguments.cloud.as_ref().or(arguments.scim.as_ref());
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
    let Some(ProxySettings { kind, host, port, user }) = proxy else { return Ok(None) };
    let password =
        from_stdin.then(|| secret_input::read(true, Asked::ProxyPassword)).transpose()?;
    Ok(Some(ProxyChoice { kind, host, port, user, password }))
}

fn bare(url: &str) -> &str {
    url.trim().trim_end_matches('/')
}

pub async fn unregister(door: &Door, printer: &Printer, forget: bool) -> Result<bool> {
    door.unregister(forget).await?;
    printer.show(&json!({ "registered": false }), || printer.texts().text("cli-unregistered"));
    Ok(true)
}

pub async fn purge(door: &Door, printer: &Printer) -> Result<bool> {
    door.purge().await?;
    printer.show(&json!({ "purged": true }), || printer.texts().text("cli-purged"));
    Ok(true)
}

pub(super) fn proxy(text: &str) -> Result<ProxyChoice> {
    let bad = || {
        Error::new(Code::InvalidInput, "The proxy's address cannot be used.")
            .with_action("Write it like http://proxy.example.com:8080 or socks5://user@proxy.example.com:1080, without a password.")
            .at("proxy")
    };
    let (scheme, rest) = text.trim().split_once("://").unwrap_or(("http", text.trim()));
    let kind = match scheme.to_ascii_lowercase().as_str() {
        "http" => ProxyKind::Http,
        "socks4" | "socks4a" => ProxyKind::Socks4,
        "socks5" | "socks5h" => ProxyKind::Socks5,
        _ => return Err(bad()),
    };
    let (user, place) =
        rest.rsplit_once('@').map_or((None, rest), |(user, place)| (Some(user), place));
    if user.is_some_and(|user| user.contains(':')) {
        return Err(Error::new(Code::InvalidInput, "The proxy's address has a password in it.")
            .with_action("Leave it out: others can read what is on a command line. You are asked for it, or pass it with --proxy-password-stdin.")
            .at("proxy"));
    }
    let place: HostPort = place.trim_end_matches('/').parse().map_err(|_| bad())?;
    let default = if kind == ProxyKind::Http { 8080 } else { 1080 };
    Ok(ProxyChoice {
        kind,
        host: place.host,
        port: place.port.unwrap_or(default),
        user: user.map(decoded).transpose()?.filter(|user| !user.is_empty()),
        password: None,
    })
}

/// A user as an address has it: `%40` is an at sign (RFC 3986, 2.1).
fn decoded(user: &str) -> Result<String> {
    let text = percent_decode_str(user).decode_utf8();
    text.map(std::borrow::Cow::into_owned).map_err(|_| {
        Error::new(Code::InvalidInput, "The proxy's user is no text.")
            .with_action(
                "Write characters beyond ASCII as they are, or as UTF-8 with percent signs.",
            )
            .at("proxy")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_written_as_curl_takes_it() {
        let way = |text: &str| {
            let p = proxy(text).unwrap();
            (p.kind, p.host, p.port, p.user.unwrap_or_default())
        };
        let http = |host: &str, port, user: &str| (ProxyKind::Http, host.into(), port, user.into());
        assert_eq!(way("HTTP://proxy.example:3128/"), http("proxy.example", 3128, ""));
        assert_eq!(way("proxy.example"), http("proxy.example", 8080, ""));
        assert_eq!(way("corp%5Cann%40x@[2001:db8::7]:81"), http("2001:db8::7", 81, "corp\\ann@x"));
        assert_eq!(
            way("Socks5h://J%C3%BCrgen@p"),
            (ProxyKind::Socks5, "p".into(), 1080, "J\u{fc}rgen".into())
        );
        for bad in ["ftp://p", "http://ann:secret@p:1", "http://%ff@p", "http://", "http://p:x"] {
            let error = proxy(bad).err().unwrap();
            assert_eq!(
                (error.code, error.field.as_deref()),
                (Code::InvalidInput, Some("proxy")),
                "{bad}"
            );
            assert!(!format!("{error:?}").contains("secret"));
        }
    }
}

//! A proxy as people and environments write it: as curl takes it.

use connector_model::settings::{ProxyKind, ProxySettings};
use connector_model::{Code, Error, HostPort, Result, Secret, send_optional_secret};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

/// A proxy and, on its way to the keychain, its password.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ProxyChoice {
    /// How to speak to it.
    pub kind: ProxyKind,
    /// Host name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// User, if it asks for one.
    #[cfg_attr(test, ts(optional = nullable))]
    pub user: Option<String>,
    /// The variable of the environment that names it, where nobody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub from: Option<String>,
    /// The user's password.
    #[serde(default, serialize_with = "send_optional_secret")]
    #[cfg_attr(test, ts(optional, as = "Option<String>"))]
    pub password: Option<Secret>,
}

impl ProxyChoice {
    /// Its host and port, for people.
    pub fn place(&self) -> String {
        self.clone().split().0.place()
    }

    pub(crate) fn split(self) -> (ProxySettings, Option<Secret>) {
        let Self { kind, host, port, user, from, password } = self;
        (ProxySettings { kind, host, port, user, from }, password)
    }
}

/// `http`, `socks4` or `socks5` with host and port, and who signs in there. User and password are percent-decoded.
pub fn proxy_address(text: &str) -> Result<ProxyChoice> {
    let (scheme, rest) = text.trim().split_once("://").unwrap_or(("http", text.trim()));
    let kind = match scheme.to_ascii_lowercase().as_str() {
        "http" => ProxyKind::Http,
        "socks4" | "socks4a" => ProxyKind::Socks4,
        "socks5" | "socks5h" => ProxyKind::Socks5,
        "https" => return Err(unusable("The way to a proxy cannot be TLS itself.")),
        _ => return Err(unusable("The proxy's address cannot be used.")),
    };
    let (who, place) = rest.rsplit_once('@').map_or(("", rest), |(who, place)| (who, place));
    let (user, password) = who.split_once(':').map_or((who, None), |(u, p)| (u, Some(p)));
    let place = place.split(['/', '?', '#']).next().unwrap_or_default();
    let place: HostPort =
        place.parse().map_err(|_: Error| unusable("The proxy's address cannot be used."))?;
    let usual = if kind == ProxyKind::Http { 8080 } else { 1080 };
    let user = Some(decoded(user)?).filter(|user| !user.is_empty());
    let password = password.map(|text| decoded(text).map(Secret::from)).transpose()?;
    Ok(ProxyChoice {
        kind,
        host: place.host,
        port: place.port.unwrap_or(usual),
        password: password.filter(|_| user.is_some()),
        user,
        from: None,
    })
}

/// The text is not in the error: there may be a password in it.
fn unusable(why: &str) -> Error {
    Error::new(Code::InvalidInput, why)
        .with_action(
            "Write it like http://proxy.example.com:8080 or socks5://user@proxy.example.com:1080.",
        )
        .at("proxy")
}

/// A user as an address has it: `%40` is an at sign (RFC 3986, 2.1).
fn decoded(text: &str) -> Result<String> {
    let text = percent_decode_str(text).decode_utf8();
    text.map(std::borrow::Cow::into_owned).map_err(|_| {
        Error::new(Code::InvalidInput, "The proxy's user or password is no text.")
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
            let p = proxy_address(text).unwrap();
            let password = p.password.map(|p| p.expose_str().unwrap_or_default().to_owned());
            (p.kind, p.host, p.port, p.user.unwrap_or_default(), password.unwrap_or_default())
        };
        let is = |kind, host: &str, port, user: &str, password: &str| {
            (kind, host.to_owned(), port, user.to_owned(), password.to_owned())
        };
        let (http, socks) = (ProxyKind::Http, ProxyKind::Socks5);
        assert_eq!(way("HTTP://proxy.example:3128/"), is(http, "proxy.example", 3128, "", ""));
        assert_eq!(way("proxy.example"), is(http, "proxy.example", 8080, "", ""));
        assert_eq!(
            way("corp%5Cann%40x@[2001:db8::7]:81"),
            is(http, "2001:db8::7", 81, "corp\\ann@x", "")
        );
        assert_eq!(way("Socks5h://J%C3%BCrgen@p"), is(socks, "p", 1080, "J\u{fc}rgen", ""));
        assert_eq!(
            way("http://ann:p%40ss%3Aw%2Frd%25@p:3128"),
            is(http, "p", 3128, "ann", "p@ss:w/rd%")
        );
        assert_eq!(way("http://ann:a:b@c@p:1"), is(http, "p", 1, "ann", "a:b@c"));
        assert_eq!(way("http://:nobodys@p:1"), is(http, "p", 1, "", ""));
        for bad in ["ftp://p", "https://ann:secret@p:1", "http://%ff@p", "http://", "http://p:x"] {
            let error = proxy_address(bad).err().unwrap();
            assert_eq!(
                (error.code, error.field.as_deref()),
                (Code::InvalidInput, Some("proxy")),
                "{bad}"
            );
            assert!(!format!("{error:?}").contains("secret"));
        }
    }
}

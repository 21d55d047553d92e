//! Takes settings over from the former connector's configuration file.

use crate::cloud::registration::proxy_of;
use crate::host::Host;
use crate::legacy::file::{LegacyFile, entries, keys, only};
use crate::{Door, ProxyChoice};
use connector_model::settings::{ProxyKind, ProxySettings};
use connector_model::{Code, Error, HostPort, Result, Secret, SentSecret, SettingsChange};
use connector_platform::legacy;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The keys of the proxy.
const SERVER: &str = "PROXY_SERVER";
const PORT: &str = "PROXY_PORT";
const USER: &str = "PROXY_USER";
const PASSWORD: &str = "PROXY_PASSWD";

/// What was found in the file and what became of it.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Migrated {
    /// The proxy. Where no cloud is registered yet, registration uses it unless told otherwise.
    pub proxy: Option<ProxySettings>,
    /// Whether its password is now in the keychain, and was read back.
    pub password_kept: bool,
    /// Whether the password was taken out of the file.
    #[serde(default)]
    pub blanked: bool,
    /// Why the password was not kept, or is still in the file; the rest is taken over all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub failure: Option<Error>,
    /// Keys that were not taken over.
    pub left_out: Vec<LeftOut>,
}

/// A key of the file that was not taken over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LeftOut {
    /// The key.
    pub key: String,
    /// What stands in its place here.
    pub instead: Instead,
}

/// What stands in the place of a key of the former connector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Instead {
    /// The cloud's address is given at registration.
    Cloud,
    /// The ports are tried in order by themselves.
    Ports,
    /// A company CA is given at registration or with an account.
    Certificates,
    /// The level of the log is a setting of its own.
    Log,
    /// A proxy is named at registration, or in the settings.
    Proxy,
    /// Nothing: it has no meaning here.
    Nothing,
}

impl Instead {
    /// By the word that the key is about. Only the keys of the proxy are documented by its makers.
    fn of(key: &str) -> Self {
        let about = |words: &[&str]| words.iter().any(|word| key.contains(word));
        if key.starts_with("PROXY_") {
            Self::Proxy
        } else if about(&["PORT"]) {
            Self::Ports
        } else if about(&["CERT", "SSL", "TLS"]) {
            Self::Certificates
        } else if about(&["LOG", "DEBUG", "TRACE"]) {
            Self::Log
        } else if about(&["SERVER", "HOST", "MASTER", "CLOUD", "URL", "ADDRESS"]) {
            Self::Cloud
        } else {
            Self::Nothing
        }
    }
}

impl Door {
    /// Takes settings over from a former connector's `inSyncADConnector.cfg`. The file is left as it is, unless its password is
    /// to be blanked: then that is taken out of it once the keychain has it. This process does so, whoever runs the engine.
    pub async fn migrate(&self, path: &Path, blank_password: bool) -> Result<Migrated> {
        let file = LegacyFile::decode(legacy::read(path)?)?;
        let mut migrated = self.take_over(SentSecret(file.text().clone())).await?;
        if blank_password
            && migrated.password_kept
            && let Some(left) = file.without(PASSWORD)
        {
            let changed = legacy::rewrite(path, file.bytes(), left.expose());
            let gone = |error: &Error| error.code == Code::RightsChanged;
            migrated.blanked = changed.as_ref().err().is_none_or(gone);
            migrated.failure = changed.err().map(|e| if gone(&e) { e } else { still_there(&e) });
        }
        Ok(migrated)
    }
}

fn still_there(error: &Error) -> Error {
    let code = Code::PasswordInFile;
    Error::new(code, format!("{} {}", code.summary(), error.message)).at("file")
}

impl Host {
    /// Takes over what `inSyncADConnector.cfg` says. The password goes to the keychain, which is asked whether it has it. Where
    /// a cloud is registered, nothing changes unless it answers through that proxy.
    pub async fn take_over_legacy(&self, file: &Secret) -> Result<Migrated> {
        let read = Read::of(file.expose_str().unwrap_or_default())?;
        let Read { proxy, password, failure, left_out } = read;
        match &proxy {
            Some(ProxySettings { kind, host, port, user, .. })
                if self.settings()?.cloud.is_some() =>
            {
                let (kind, port, password) = (*kind, *port, password.clone());
                let (host, user) = (host.clone(), user.clone());
                let choice = ProxyChoice { kind, host, port, user, from: None, password };
                self.change_proxy(Some(choice)).await.map_err(|e| e.with_action(NOT_THAT_WAY))?;
            }
            Some(proxy) => self.take_over_proxy(proxy, password.as_ref()).await?,
            None => {}
        }
        Ok(Migrated { proxy, password_kept: password.is_some(), blanked: false, failure, left_out })
    }

    /// For the registration to come.
    async fn take_over_proxy(
        &self,
        proxy: &ProxySettings,
        password: Option<&Secret>,
    ) -> Result<()> {
        let staged = self.stage(|settings| {
            if settings.cloud.is_some() {
                return Err(Error::of(Code::AlreadyRegistered));
            }
            settings.next.get_or_insert_default().proxy = Some(proxy.clone());
            Ok(())
        })?;
        let kept = self.keep_password(proxy_of(&staged.before), Some(proxy), password).await;
        self.finish(SettingsChange::Migrated, staged, kept).await
    }
}

const NOT_THAT_WAY: &str = "Nothing was changed: the connector keeps its current proxy. Choose another one in the settings, or with: insync-connector settings proxy.";

/// What of a file can be taken over.
pub(crate) struct Read {
    pub proxy: Option<ProxySettings>,
    pub password: Option<Secret>,
    /// Why there is no password.
    failure: Option<Error>,
    left_out: Vec<LeftOut>,
}

impl Read {
    pub fn of(text: &str) -> Result<Self> {
        must_be_one(text)?;
        let [server, port, user] = [one(text, SERVER)?, one(text, PORT)?, one(text, USER)?];
        let (mut given, mut others) = (false, vec![]);
        for entry in entries(text) {
            match entry.key.as_str() {
                SERVER | USER => {}
                PORT if server.is_some() => {}
                PASSWORD => given = true,
                _ => others.push(entry.key),
            }
        }
        let mut read = Self { proxy: None, password: None, failure: None, left_out: vec![] };
        if let Some(server) = server {
            let (proxy, holds_password) = proxy(server, port, user)?;
            read.proxy = Some(proxy);
            match if holds_password { Err(in_address()) } else { only(text, PASSWORD) } {
                Ok(password) => read.password = password.map(Secret::new),
                Err(error) => read.failure = Some(error),
            }
        } else {
            others.extend(user.map(|_| USER.to_owned()));
            others.extend(given.then(|| PASSWORD.to_owned()));
        }
        let named = others.into_iter().map(|key| LeftOut { instead: Instead::of(&key), key });
        read.left_out = named.collect();
        Ok(read)
    }
}

/// A file of which no line is the former connector's is another file.
fn must_be_one(text: &str) -> Result<()> {
    if keys(text).any(|key| Instead::of(&key) != Instead::Nothing) {
        return Ok(());
    }
    let said = "The file is no configuration of the former connector: it names no proxy, port, certificate, log or server.";
    Err(Error::new(Code::InvalidInput, said)
        .with_action("Choose the file inSyncADConnector.cfg in the former connector's folder.")
        .at("file"))
}

/// The one value of a key that is no secret. Which of two is meant, only an administrator knows.
fn one<'a>(text: &'a str, key: &str) -> Result<Option<&'a str>> {
    let mut values = entries(text).filter(|entry| entry.key == key).map(|entry| entry.value);
    let first = values.next();
    if values.all(|value| Some(value) == first) {
        return Ok(first);
    }
    let said = format!("{key} is in the file more than once, with different values.");
    Err(Error::new(Code::InvalidInput, said)
        .with_action("Delete the lines that are not meant, or enter the proxy when you register.")
        .at(key))
}

/// A proxy, and whether its address holds a password. The port in the address counts before one of its own.
fn proxy(server: &str, port: Option<&str>, user: Option<&str>) -> Result<(ProxySettings, bool)> {
    let is_scheme = |text: &str| text.chars().all(char::is_alphanumeric);
    let (scheme, rest) =
        server.split_once("://").filter(|(s, _)| is_scheme(s)).unwrap_or(("http", server));
    let (kind, usual) = match scheme.to_ascii_lowercase().as_str() {
        "socks5" | "socks5h" => (ProxyKind::Socks5, 1080),
        "socks4" | "socks4a" => (ProxyKind::Socks4, 1080),
        _ => (ProxyKind::Http, 8080),
    };
    let (who, place) = rest.rsplit_once('@').unwrap_or(("", rest));
    let (name, password) = who.split_once(':').map_or((who, None), |(n, p)| (n, Some(p)));
    // The value is not in the error: it may hold a password, wherever that is in it.
    let place: HostPort = place.trim_end_matches('/').parse().map_err(|_: Error| {
        Error::new(Code::InvalidInput, format!("{SERVER} is not a host name with an optional port."))
            .with_action("Correct it in the file, like proxy.example.com:3128, or enter the proxy when you register.")
            .at(SERVER)
    })?;
    let user = user.or(Some(name).filter(|name| !name.is_empty())).map(str::to_owned);
    let own = port.map(|port| {
        port.parse().ok().filter(|port| *port > 0).ok_or_else(|| {
            Error::new(Code::InvalidInput, format!("{PORT} is not a port."))
                .with_action(
                    "Correct it in the file, like 3128, or enter the proxy when you register.",
                )
                .at(PORT)
        })
    });
    let port = place.port.map_or_else(|| own.transpose(), |port| Ok(Some(port)))?;
    let port = port.unwrap_or(usual);
    Ok((ProxySettings { kind, host: place.host, port, user, from: None }, password.is_some()))
}

fn in_address() -> Error {
    let text = format!("{SERVER} contains a password in the proxy's address.");
    Error::new(Code::PasswordUnclear, text).at("file")
}

#[cfg(test)]
mod tests {
    use super::*;
    use connector_model::Code;

    #[test]
    fn what_is_not_taken_over_is_named_with_what_stands_in_its_place() {
        let text = "PROXY_SERVER = 192.168.54.100:1080\nSERVICE_PORT = 6061\nLOG_LEVEL=5\nMASTER = x\nFOO = 1";
        let read = Read::of(text).unwrap();
        let proxy = read.proxy.unwrap();
        assert_eq!((proxy.host.as_str(), proxy.port), ("192.168.54.100", 1080));
        let found: Vec<_> = read.left_out.iter().map(|l| (l.key.as_str(), l.instead)).collect();
        let expected = [
            ("SERVICE_PORT", Instead::Ports),
            ("LOG_LEVEL", Instead::Log),
            ("MASTER", Instead::Cloud),
            ("FOO", Instead::Nothing),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn another_file_two_values_and_a_port_of_its_own() {
        for other in ["", "hello", "[Unit]\nDescription=x\nAfter=network.target", "key=\"v\""] {
            let error = Read::of(other).err().unwrap();
            assert_eq!((error.code, error.field.as_deref()), (Code::InvalidInput, Some("file")));
        }
        // What nobody has filled in yet is one all the same.
        assert!(Read::of("PROXY_SERVER = None\nPROXY_PASSWD = ''").unwrap().proxy.is_none());
        let port = |text: &str| Read::of(text).map(|read| read.proxy.unwrap().port);
        assert_eq!(port("PROXY_SERVER = p\nPROXY_PORT = '3128'").unwrap(), 3128);
        assert_eq!(port("PROXY_PORT = 3128\nPROXY_SERVER = socks5://p:99").unwrap(), 99);
        assert_eq!(port("PROXY_SERVER = p\nproxy_server = 'p'").unwrap(), 8080);
        for (text, key) in [
            ("PROXY_SERVER = p\nPROXY_SERVER = q", SERVER),
            ("PROXY_SERVER = p\nPROXY_USER = a\nPROXY_USER = b", USER),
            ("PROXY_SERVER = p\nPROXY_PORT = http", PORT),
        ] {
            assert_eq!(port(text).err().unwrap().field.as_deref(), Some(key), "{text}");
        }
    }

    #[test]
    fn a_password_without_a_proxy_is_not_taken_over() {
        let read = Read::of("PROXY_USER = 'u'\nPROXY_PASSWD = 'p'").unwrap();
        assert!(read.proxy.is_none() && read.password.is_none());
        assert_eq!(read.left_out.len(), 2);
        assert!(read.left_out.iter().all(|l| l.instead == Instead::Proxy));
        let wrong = Read::of("PROXY_SERVER = 'no host at all'").err().unwrap();
        assert_eq!(
            (wrong.code, wrong.field.as_deref()),
            (Code::InvalidInput, Some("PROXY_SERVER"))
        );
    }

    #[test]
    fn an_address_with_a_password_gives_away_nothing_of_it() {
        for (server, kind, host, port, user) in [
            ("http://svc:pa55@proxy:3128", ProxyKind::Http, "proxy", 3128, Some("svc")),
            ("svc:pa55@proxy/", ProxyKind::Http, "proxy", 8080, Some("svc")),
            ("svc:pa55://x@y@proxy", ProxyKind::Http, "proxy", 8080, Some("svc")),
            ("SOCKS5://:pa55@proxy", ProxyKind::Socks5, "proxy", 1080, None),
        ] {
            let read = Read::of(&format!("PROXY_SERVER = {server}\nPROXY_PASSWD = x")).unwrap();
            assert!(read.password.is_none(), "{server}");
            assert_eq!(read.failure.unwrap().code, Code::PasswordUnclear, "{server}");
            let user = user.map(str::to_owned);
            let host = host.to_owned();
            let expected = ProxySettings { kind, host, port, user, from: None };
            assert_eq!(read.proxy.unwrap(), expected, "{server}");
        }
        for server in ["http://svc:pa55@pro xy:3128", "http://svc:pa55", "svc:pa55@proxy:none"] {
            let error = Read::of(&format!("PROXY_SERVER = {server}")).err().unwrap();
            assert!(!format!("{error:?}").contains("pa55"), "{error:?}");
        }
        let read = Read::of("PROXY_SERVER = socks4://svc@proxy\nPROXY_PASSWD = 'x'").unwrap();
        let proxy = read.proxy.unwrap();
        assert_eq!((proxy.port, proxy.user.as_deref()), (1080, Some("svc")));
        assert!(read.password.is_some() && read.failure.is_none());
    }

    #[test]
    fn an_unclear_password_does_not_keep_the_proxy_from_being_taken_over() {
        let read = Read::of("PROXY_SERVER = p:1\nPROXY_PASSWD = u'x'").unwrap();
        assert!(read.proxy.is_some() && read.password.is_none() && read.left_out.is_empty());
        assert_eq!(read.failure.unwrap().code, Code::PasswordUnclear);
    }
}

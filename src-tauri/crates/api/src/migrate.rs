//! Takes settings over from the former connector's configuration file.

use crate::connector::PROXY_PASSWORD;
use crate::legacy_file::{LegacyFile, entries};
use crate::{Connector, Door};
use connector_model::settings::{ProxyKind, ProxySettings, Settings};
use connector_model::{Error, HandedOver, HostPort, Result, Secret};
use connector_platform::legacy;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The key of the password.
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
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Cloud => "the cloud's address is given at registration",
            Self::Ports => "443, 6061 and 80 are tried by themselves",
            Self::Certificates => "a company CA is given at registration, or with an account",
            Self::Log => "set it with: settings set log_level=…",
            Self::Proxy => "name a proxy at registration, or with: settings proxy",
            Self::Nothing => "it has no meaning here",
        }
    }

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
        let mut migrated = self.take_over(HandedOver(file.text().clone())).await?;
        if blank_password
            && migrated.password_kept
            && let Some(left) = file.without(PASSWORD)
        {
            legacy::rewrite(path, file.bytes(), left.expose()).map_err(|error| {
                let text = format!("The password is taken over, but still in the file: {}", error.message);
                Error::new(error.code, text)
                    .with_action("Blank it in the file yourself, or try again with rights to change the file and its folder.")
                    .at("file")
            })?;
            migrated.blanked = true;
        }
        Ok(migrated)
    }
}

impl Connector {
    /// Takes over what `inSyncADConnector.cfg` says. The password goes to the keychain, which is asked whether it has it.
    pub async fn take_over(&self, file: &Secret) -> Result<Migrated> {
        let read = Read::of(file.expose_str().unwrap_or_default())?;
        match (&read.password, &read.proxy) {
            (Some(password), _) => self.keychain.set(PROXY_PASSWORD, password)?,
            // Another proxy is not told the password of the one before.
            (None, Some(proxy)) if self.known_proxy()?.as_ref() != Some(proxy) => {
                self.keychain.delete(PROXY_PASSWORD)?;
            }
            _ => {}
        }
        if let Some(proxy) = read.proxy.clone() {
            self.change("migrated", |settings| {
                set_proxy(settings, proxy);
                Ok(())
            })
            .await?;
        }
        let Read { proxy, password, left_out } = read;
        Ok(Migrated { proxy, password_kept: password.is_some(), blanked: false, left_out })
    }
}

/// For the cloud that is registered, or the one to come.
fn set_proxy(settings: &mut Settings, proxy: ProxySettings) {
    match &mut settings.cloud {
        Some(cloud) => cloud.proxy = Some(proxy),
        None => settings.next.get_or_insert_default().proxy = Some(proxy),
    }
}

/// What of a file can be taken over.
pub(crate) struct Read {
    pub proxy: Option<ProxySettings>,
    pub password: Option<Secret>,
    left_out: Vec<LeftOut>,
}

impl Read {
    pub fn of(text: &str) -> Result<Self> {
        let (mut server, mut user, mut password, mut others) = (None, None, None, vec![]);
        for entry in entries(text) {
            let value = entry.value.to_owned();
            match entry.key.as_str() {
                "PROXY_SERVER" => server = Some(value),
                "PROXY_USER" => user = Some(value),
                PASSWORD => password = Some(Secret::from(value)),
                _ => others.push(entry.key),
            }
        }
        if server.is_none() {
            others.extend(user.as_ref().map(|_| "PROXY_USER".to_owned()));
            others.extend(password.take().map(|_| PASSWORD.to_owned()));
        }
        let left_out = others.into_iter().map(|key| LeftOut { instead: Instead::of(&key), key });
        let left_out = left_out.collect();
        let proxy = server.map(|server| proxy(&server, user)).transpose()?;
        Ok(Self { proxy, password, left_out })
    }
}

fn proxy(server: &str, user: Option<String>) -> Result<ProxySettings> {
    let (kind, rest) = match server.split_once("://") {
        Some(("socks5" | "socks5h", rest)) => (ProxyKind::Socks5, rest),
        Some(("socks4" | "socks4a", rest)) => (ProxyKind::Socks4, rest),
        Some((_, rest)) => (ProxyKind::Http, rest),
        None => (ProxyKind::Http, server),
    };
    let place: HostPort =
        rest.trim_end_matches('/').parse().map_err(|e: Error| e.at("PROXY_SERVER"))?;
    Ok(ProxySettings { kind, host: place.host, port: place.port.unwrap_or(8080), user })
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
}

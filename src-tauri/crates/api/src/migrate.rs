//! Takes settings over from the former connector's configuration file.

use crate::Connector;
use crate::connector::PROXY_PASSWORD;
use connector_model::settings::{ProxyKind, ProxySettings};
use connector_model::{Code, Error, HostPort, Result, Secret};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What was found in the file and what became of it.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Migrated {
    /// The proxy, to be named at registration.
    pub proxy: Option<ProxySettings>,
    /// Whether its password is now in the keychain.
    pub password_kept: bool,
    /// Keys that have no counterpart here.
    pub left_out: Vec<String>,
}

/// Largest file that is read.
const MAX_BYTES: u64 = 1024 * 1024;

/// Reads `inSyncADConnector.cfg`, whose text holds a password; the file is left as it is.
pub(crate) fn read(file: &Path) -> Result<Secret> {
    let bad = |why: String| Error::new(Code::InvalidInput, why).at("file");
    let failed = |e: std::io::Error| bad(format!("{} cannot be read: {e}.", file.display()));
    if std::fs::metadata(file).map_err(failed)?.len() > MAX_BYTES {
        return Err(bad(format!("{} is too large to be a configuration file.", file.display())));
    }
    let bytes = std::fs::read(file).map_err(failed)?;
    Ok(Secret::from(String::from_utf8_lossy(&bytes).into_owned()))
}

impl Connector {
    /// Takes over what `inSyncADConnector.cfg` says. The password goes to the keychain.
    pub async fn take_over(&self, file: &Secret) -> Result<Migrated> {
        let text = file.expose_str().unwrap_or_default();
        let (mut server, mut user, mut password, mut left_out) = (None, None, None, vec![]);
        for (key, value) in entries(text) {
            match key.as_str() {
                "PROXY_SERVER" => server = Some(value),
                "PROXY_USER" => user = Some(value),
                "PROXY_PASSWD" => password = Some(Secret::from(value)),
                _ => left_out.push(key),
            }
        }
        let proxy = server.map(|server| proxy(&server, user)).transpose()?;
        let password = password.filter(|p| proxy.is_some() && !p.is_empty());
        if let Some(password) = &password {
            self.keychain.set(PROXY_PASSWORD, password)?;
        }
        if let Some(proxy) = proxy.clone() {
            self.change("migrated", |settings| {
                if let Some(cloud) = &mut settings.cloud {
                    cloud.proxy = Some(proxy);
                }
                Ok(())
            })
            .await?;
        }
        Ok(Migrated { proxy, password_kept: password.is_some(), left_out })
    }
}

/// `KEY = value` lines; values may be quoted as in Python. Comments, sections and empty values are passed over.
fn entries(text: &str) -> impl Iterator<Item = (String, String)> {
    text.lines().filter_map(|line| {
        let line = line.trim();
        let (key, value) = line.split_once('=')?;
        let key = key.trim();
        let named = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let value = value.trim();
        let quoted = ['"', '\'']
            .iter()
            .find_map(|q| value.strip_prefix(*q)?.split_once(*q).map(|(inner, _)| inner));
        let value = quoted.unwrap_or_else(|| value.split(" #").next().unwrap_or(value).trim());
        let empty = value.is_empty() || value == "None";
        (named && !line.starts_with('#') && !empty)
            .then(|| (key.to_ascii_uppercase(), value.to_owned()))
    })
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

    #[test]
    fn lines_are_read_as_the_former_connector_wrote_them() {
        let text = "# proxy\nPROXY_SERVER = 'http://proxy.example.com:3128'\nproxy_user=\"svc\"\nPROXY_PASSWD = 'a=b#c'\nLOGGING = None\nSERVICE_PORT = 6061 # old\n";
        let found: Vec<_> = entries(text).collect();
        let expected = [
            ("PROXY_SERVER", "http://proxy.example.com:3128"),
            ("PROXY_USER", "svc"),
            ("PROXY_PASSWD", "a=b#c"),
            ("SERVICE_PORT", "6061"),
        ];
        assert_eq!(found, expected.map(|(k, v)| (k.to_owned(), v.to_owned())));
        let proxy = proxy(&found[0].1, Some("svc".into())).unwrap();
        assert_eq!(
            (proxy.host.as_str(), proxy.port, proxy.kind),
            ("proxy.example.com", 3128, ProxyKind::Http)
        );
    }
}

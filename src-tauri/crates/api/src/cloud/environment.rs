//! The proxy that the environment names, as curl reads it: offered where nobody named one, never used without being named.

use crate::cloud::no_proxy;
use crate::cloud::proxy_address::{ProxyChoice, proxy_address};
use crate::host::Host;
use connector_model::settings::ProxySettings;
use connector_model::{Error, Result};
use serde::{Deserialize, Serialize};

/// Where a proxy for `https` is named, the first first.
const NAMES: [&str; 4] = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
/// Where it is said to whom no proxy leads.
const EXCEPTIONS: [&str; 2] = ["no_proxy", "NO_PROXY"];

/// A proxy that the environment names for a cloud.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OfferedProxy {
    /// The proxy; its variable is in `from`.
    pub proxy: ProxySettings,
    /// Whether the variable has a password with it.
    pub password: bool,
}

/// The proxy for an address by this program's environment; `from` is the variable.
pub fn environment_proxy(url: &str) -> Result<Option<ProxyChoice>> {
    named(url, |name| std::env::var(name).ok())
}

fn named(url: &str, get: impl Fn(&str) -> Option<String>) -> Result<Option<ProxyChoice>> {
    let first = |names: &[&'static str]| {
        let value = |name: &&'static str| get(name).filter(|v| !v.trim().is_empty());
        names.iter().find_map(|name| value(name).map(|value| (*name, value)))
    };
    let Some((variable, value)) = first(&NAMES) else { return Ok(None) };
    if first(&EXCEPTIONS).is_some_and(|(_, list)| no_proxy::holds(&list, url)) {
        return Ok(None);
    }
    let proxy = proxy_address(&value).map_err(|error| {
        let told = format!("The environment's {variable} cannot be used: {}", error.message);
        Error::new(error.code, told)
            .with_action("Correct it, or name a proxy, or none, yourself.")
            .at("proxy")
    })?;
    Ok(Some(ProxyChoice { from: Some(variable.to_owned()), ..proxy }))
}

impl Host {
    /// The proxy that this program's environment names for a cloud, without its password. One that cannot be used is none
    /// here: whoever registers without a proxy is told why.
    pub fn offered_proxy(&self, url: &str) -> Option<OfferedProxy> {
        let choice = environment_proxy(url).ok().flatten()?;
        let password = choice.password.is_some();
        Some(OfferedProxy { proxy: choice.split().0, password })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use connector_model::Code;

    fn of(url: &str, set: &[(&str, &str)]) -> Result<Option<ProxyChoice>> {
        let get = |name: &str| set.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        named(url, get)
    }

    #[test]
    fn the_environment_names_a_proxy_as_for_curl() {
        let set =
            [("HTTPS_PROXY", "http://big:1"), ("https_proxy", "small:2"), ("ALL_PROXY", "all:3")];
        let at = |set: &[(&str, &str)]| {
            of("https://c.example", set).unwrap().map(|p| (p.host, p.port, p.from.unwrap()))
        };
        let is = |host: &str, port, from: &str| Some((host.to_owned(), port, from.to_owned()));
        assert_eq!(at(&set), is("small", 2, "https_proxy"));
        assert_eq!(at(&[set[0], set[2]]), is("big", 1, "HTTPS_PROXY"));
        assert_eq!(at(&[("HTTPS_PROXY", " "), set[2]]), is("all", 3, "ALL_PROXY"));
        // What is named for addresses that are not secret is not meant.
        assert_eq!(at(&[("http_proxy", "http://p:1"), ("HTTP_PROXY", "http://p:1")]), None);
        assert_eq!(at(&[set[0], ("NO_PROXY", "example")]), None);
        assert_eq!(
            at(&[set[0], ("NO_PROXY", "example"), ("no_proxy", "x")]),
            is("big", 1, "HTTPS_PROXY")
        );
    }

    #[test]
    fn what_cannot_be_used_is_named_and_gives_nothing_away() {
        let error =
            of("https://c.example", &[("HTTPS_PROXY", "https://a:geheim@p:1")]).err().unwrap();
        assert_eq!(error.code, Code::InvalidInput);
        assert!(error.message.contains("HTTPS_PROXY") && !format!("{error:?}").contains("geheim"));
    }
}

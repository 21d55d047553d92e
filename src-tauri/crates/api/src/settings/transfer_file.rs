//! The text of exported settings: those of `settings.toml`, with a word about where they are from.

use crate::cloud::proxy_address::ProxyChoice;
use crate::cloud::registration::endpoint;
use crate::host::HomeContext;
use connector_model::document::{Document, Mistake};
use connector_model::settings::{ProxySettings, Settings};
use connector_model::{Account, AttributeNames, Code, Error, HostPort, Mapping, Result, Secret};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Longest text that is taken, in bytes.
const MAX_BYTES: usize = 1024 * 1024;
/// Key of what is not a setting.
const ORIGIN: &str = "export";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Origin {
    /// Version of the program.
    program: String,
    /// The computer.
    host: String,
}

/// Settings of another computer.
pub(crate) struct Moved {
    pub host: String,
    pub settings: Settings,
}

/// Settings as text for another computer.
pub(crate) fn write(settings: &Settings, host: &str, program: &str) -> Result<String> {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let text = format!(
        "# Settings of the inSync Connector on {}, for another computer. No password, key or token is in here.\n\
         # There: insync-connector settings import FILE\n\
         {ORIGIN}.program = {}\n{ORIGIN}.host = {}\n{}",
        host.escape_debug(),
        quoted(program),
        quoted(host),
        settings.to_toml()?
    );
    if text.len() > MAX_BYTES {
        return Err(Error::new(
            Code::InvalidSettings,
            "The settings are larger than 1 MiB, which is too large for an import.",
        )
        .with_action("Take over the mappings manually: mapping export on this computer, mapping apply on the other one."));
    }
    Ok(text)
}

/// Reads such a text of any version up to this one's.
pub(crate) fn read(text: &str) -> Result<Moved> {
    let wrong = |why: &str| Error::new(Code::InvalidSettings, why).with_action(ACTION);
    if text.len() > MAX_BYTES {
        return Err(wrong("The file is larger than 1 MiB.").at("file"));
    }
    let mut document = Document::parse(text).map_err(|e| wrong(&sentence(&e)).at("file"))?;
    let mut table = std::mem::take(&mut document.table);
    let origin = table.remove(ORIGIN).ok_or_else(|| {
        wrong("The file was not written by a settings export of this connector.").at("file")
    })?;
    let origin: Origin = document.value(origin).map_err(|e| wrong(&sentence(&e)).at(ORIGIN))?;
    if origin.host.is_empty() || origin.host.len() > 253 || !is_plain(&origin.host) {
        return Err(wrong("The name of the other computer cannot be used.").at("export.host"));
    }
    let table = Settings::current(table).map_err(|e| e.at("version"))?;
    let settings = document.value(Value::Object(table)).map_err(|mistake| {
        let field = mistake.field().unwrap_or_else(|| "file".to_owned());
        wrong(&sentence(&mistake)).at(field)
    })?;
    Ok(Moved { host: origin.host, settings })
}

const ACTION: &str = "Export the settings again, or correct the named place in the file.";

fn sentence(mistake: &Mistake) -> String {
    format!("The file has an error: {mistake}.")
}

fn is_plain(text: &str) -> bool {
    !text.chars().any(char::is_control)
}

/// Whether an account can be used as it is, but for its password.
pub(crate) fn check_account(account: &Account) -> Result<()> {
    if account.servers.is_empty() && account.domain.is_none() {
        return Err(Error::new(Code::InvalidInput, "The server is missing.").at("servers"));
    }
    if account.bind_name.0.trim().is_empty() || !is_plain(&account.bind_name.0) {
        return Err(Error::new(Code::InvalidInput, "The bind name is empty.").at("bind_name"));
    }
    for (key, name) in account.attributes.pairs() {
        let set = AttributeNames::default().set(key, name);
        set.map_err(|e| e.at(format!("attributes.{key}")))?;
    }
    if let Some(pem) = &account.ca_pem {
        connector_tls::parse_certificates(pem).map_err(|e| e.at("ca_pem"))?;
    }
    // Nobody is asked anything yet.
    HomeContext::directory_with(account, Secret::new("unknown")).map(drop)
}

/// Whether a mapping can be meant, as far as that is known without its directory.
pub(crate) fn check_mapping(mapping: &Mapping) -> Result<()> {
    crate::mapping::size::check(mapping)?;
    if mapping.base_dn.is_root() {
        return Err(Error::of(Code::BaseNotFound).at("base_dn"));
    }
    if let Some(conditions) = &mapping.conditions {
        conditions.to_filter().map_err(|e| e.at("conditions"))?;
    }
    let empty = |list: &[connector_model::ScopeRef]| {
        list.iter().any(|scope| scope.identity.is_none() && scope.dn.is_none())
    };
    let lists = [
        (&mapping.units, "units"),
        (&mapping.groups, "groups"),
        (&mapping.exclude_units, "exclude_units"),
        (&mapping.exclude_groups, "exclude_groups"),
        (&mapping.include_people, "include_people"),
        (&mapping.exclude_people, "exclude_people"),
    ];
    for (list, field) in lists {
        if empty(list) {
            return Err(Error::new(Code::InvalidMapping, "An entry is empty.").at(field));
        }
    }
    Ok(())
}

/// Whether the cloud can be one.
pub(crate) fn check_clouds(settings: &Settings) -> Result<()> {
    let way = |url: &str, ca: Option<&str>, proxy: Option<&ProxySettings>| {
        proxy.map(check_proxy).transpose()?;
        let proxy = proxy.cloned().map(|ProxySettings { kind, host, port, user, from }| {
            ProxyChoice { kind, host, port, user, from, password: None }
        });
        endpoint(url, ca, proxy.as_ref()).map(drop)
    };
    if let Some(cloud) = &settings.cloud {
        let named = cloud.connector_id.len() <= 128
            && is_plain(&cloud.connector_id)
            && !cloud.ports.is_empty();
        let named = if named { Ok(()) } else { Err(Error::of(Code::InvalidInput)) };
        named
            .map_err(|e| e.at("connector_id"))
            .and_then(|()| way(&cloud.url, cloud.ca_pem.as_deref(), cloud.proxy.as_ref()))
            .map_err(|e| in_section("cloud", e))?;
    }
    let Some(next) = &settings.next else { return Ok(()) };
    if let Some(former) = &next.replaces {
        let fits = |text: &str, most: usize| (1..=most).contains(&text.len()) && is_plain(text);
        for (text, most, field) in
            [(&former.connector_id, 128, "connector_id"), (&former.host, 253, "host")]
        {
            if !fits(text, most) {
                return Err(Error::of(Code::InvalidInput).at(format!("next.replaces.{field}")));
            }
        }
    }
    // A proxy may wait for an address that is still to be named.
    let url = next.url.as_deref().unwrap_or("https://cloud.example.com");
    way(url, next.ca_pem.as_deref(), next.proxy.as_ref()).map_err(|e| in_section("next", e))
}

fn check_proxy(proxy: &ProxySettings) -> Result<()> {
    let place: Result<HostPort> = proxy.host.parse();
    if place.is_ok_and(|place| place.port.is_none()) && proxy.port != 0 {
        return Ok(());
    }
    Err(Error::new(Code::InvalidInput, "The proxy has no usable host and port.").at("proxy"))
}

fn in_section(section: &str, error: Error) -> Error {
    let field = error.field.clone().unwrap_or_else(|| "url".to_owned());
    error.at(format!("{section}.{field}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use connector_model::settings::VERSION;

    const TEXT: &str = "export.program = \"0.1.0\"\nexport.host = \"SRV-1\"\nversion = 1\nlog_level = \"warn\"\n\
        [[accounts]]\nname = \"corp\"\nservers = [\"dc1.example.com\"]\nbind_name = \"svc\"\n";

    #[test]
    fn what_is_written_is_read_again() {
        let moved = read(TEXT).unwrap();
        assert_eq!((moved.host.as_str(), moved.settings.log_level.as_str()), ("SRV-1", "warn"));
        let again = read(&write(&moved.settings, "a\"b", "0.1.0").unwrap()).unwrap();
        assert_eq!((again.host.as_str(), &again.settings), ("a\"b", &moved.settings));
        let old = read(&TEXT.replace("version = 1\n", "")).unwrap();
        assert_eq!(old.settings.version, VERSION, "an older file is migrated");
    }

    #[test]
    fn a_registration_to_come_is_checked_as_the_rest() {
        let next = |part: &str| {
            let Moved { settings, .. } = read(&format!("{TEXT}[next]\n{part}")).unwrap();
            check_clouds(&settings).err().and_then(|error| error.field)
        };
        let replaces = |id: &str, host: &str| {
            next(&format!("[next.replaces]\nconnector_id = \"{id}\"\nhost = \"{host}\""))
        };
        let proxy = |host: &str, port: u16| {
            next(&format!("[next.proxy]\nkind = \"http\"\nhost = \"{host}\"\nport = {port}"))
        };
        assert_eq!((replaces("c-1", "SRV-1"), proxy("::1", 3128)), (None, None));
        for (found, field) in [
            (replaces(&"c".repeat(129), "SRV-1"), "next.replaces.connector_id"),
            (replaces("c-1", "\\u001b[2J"), "next.replaces.host"),
            (replaces("", "SRV-1"), "next.replaces.connector_id"),
            (proxy("", 3128), "next.proxy"),
            (proxy("no host", 3128), "next.proxy"),
            (proxy("proxy:1", 3128), "next.proxy"),
            (proxy("proxy", 0), "next.proxy"),
            (next("url = \"http://plain.example.com\""), "next.url"),
        ] {
            assert_eq!(found.as_deref(), Some(field));
        }
    }

    #[test]
    fn what_could_not_be_imported_is_not_exported() {
        let mut settings = read(TEXT).unwrap().settings;
        settings.accounts[0].ca_pem = Some("x".repeat(MAX_BYTES));
        assert!(write(&settings, "SRV-1", "0.1.0").is_err());
    }

    #[test]
    fn what_cannot_be_read_is_refused_at_its_place() {
        let huge = "#".repeat(MAX_BYTES + 1);
        for (text, code, field) in [
            ("= nonsense".to_owned(), Code::InvalidSettings, "file"),
            (huge, Code::InvalidSettings, "file"),
            ("version = 1".to_owned(), Code::InvalidSettings, "file"),
            (TEXT.replace("version = 1", "version = 99"), Code::SettingsTooNew, "version"),
            (TEXT.replace("\"SRV-1\"", "\"\\n\""), Code::InvalidSettings, "export.host"),
            (TEXT.replace("\"warn\"", "7"), Code::InvalidSettings, "log_level"),
            (
                TEXT.replace("\"dc1.example.com\"", "\"a b\""),
                Code::InvalidSettings,
                "accounts[0].servers[0]",
            ),
            (TEXT.replace("log_level", "secret"), Code::InvalidSettings, "secret"),
        ] {
            let error = read(&text).err().unwrap();
            assert_eq!((error.code, error.field.as_deref()), (code, Some(field)), "{error:?}");
        }
    }
}

//! Everything an administrator decides, without secrets. Written as versioned TOML.

use crate::document::{Document, Mistake};
use crate::{Account, Code, Error, Mapping, Result, UpdateSettings};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;

/// The keys of a settings file, of whatever version.
type Table = serde_json::Map<String, Value>;

/// Version that this program writes.
pub const VERSION: u32 = 1;

/// The settings file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Format version; older ones are migrated, newer ones refused.
    pub version: u32,
    /// Level of the log: `error`, `warn`, `info`, `debug` or `trace`.
    #[serde(default = "info")]
    pub log_level: String,
    /// Whether mappings are taken from the cloud's console; each waits for an approval here.
    #[serde(default)]
    pub mappings_from_cloud: bool,
    /// Attributes that filters and conditions of such mappings may use besides the usual ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cloud_attributes: Vec<String>,
    /// When and how people are imported.
    #[serde(default)]
    pub import: ImportSettings,
    /// How sign-ins are protected.
    #[serde(default)]
    pub sign_in: SignInSettings,
    /// When updates of the program are looked for and installed.
    #[serde(default)]
    pub updates: UpdateSettings,
    /// The cloud, once registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cloud: Option<CloudSettings>,
    /// What the next registration starts from; gone once it has happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<NextCloud>,
    /// Registered directories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<Account>,
    /// Mappings in order of priority.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mappings: Vec<Mapping>,
}

/// Import rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct ImportSettings {
    /// Hours between two imports; 24 by default, at least 1.
    pub interval_hours: u32,
    /// Whether changes are followed between two full imports, where the server can tell them.
    pub follow_changes: bool,
    /// Share of a mapping's people, in percent, above which making them inactive needs approval.
    pub removal_limit_percent: u32,
    /// Number of people up to which no approval is needed whatever the share.
    pub removal_limit_people: u32,
    /// People per batch sent to the cloud.
    pub batch_size: u32,
}

impl Default for ImportSettings {
    fn default() -> Self {
        Self {
            interval_hours: 24,
            follow_changes: true,
            removal_limit_percent: 10,
            removal_limit_people: 20,
            batch_size: 500,
        }
    }
}

/// Sign-in protection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct SignInSettings {
    /// Wrong passwords per user that are forwarded within the window; stay below the directory's lockout threshold.
    pub wrong_attempts: u32,
    /// Length of that window in minutes.
    pub window_minutes: u32,
    /// Seconds within which a sign-in must be answered.
    pub deadline_seconds: u32,
}

impl Default for SignInSettings {
    fn default() -> Self {
        Self { wrong_attempts: 4, window_minutes: 15, deadline_seconds: 10 }
    }
}

impl SignInSettings {
    /// Within which a sign-in must be answered.
    pub fn deadline(&self) -> Duration {
        Duration::from_secs(u64::from(self.deadline_seconds.max(1)))
    }
}

/// What registration left behind. Keys and tokens are in the keychain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloudSettings {
    /// `connector` for inSync Cloud, `scim` for any SCIM 2.0 service (import only).
    #[serde(default)]
    pub kind: CloudKind,
    /// Base address, `https` only.
    pub url: String,
    /// Base address of the SCIM 2.0 service.
    pub scim_url: String,
    /// Identity given by the cloud; empty for a plain SCIM service.
    #[serde(default)]
    pub connector_id: String,
    /// PEM text of a CA trusted besides the system's store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca_pem: Option<String>,
    /// Ports tried in order when the address names none.
    #[serde(default = "cloud_ports")]
    pub ports: Vec<u16>,
    /// Proxy on the way out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy: Option<ProxySettings>,
}

/// What was taken over from a former connector, or from another computer, for the registration to come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
#[cfg_attr(feature = "contract", ts(optional_fields))]
pub struct NextCloud {
    /// What its end speaks.
    pub kind: CloudKind,
    /// Base address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// PEM text of a CA trusted besides the system's store.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca_pem: Option<String>,
    /// Proxy on the way out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy: Option<ProxySettings>,
    /// The connector on another computer that this one takes over from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Former>,
}

/// A connector on another computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Former {
    /// Its identity in the cloud.
    pub connector_id: String,
    /// Name of that computer.
    pub host: String,
}

/// What the cloud's end speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum CloudKind {
    /// The connector protocol and SCIM.
    #[default]
    Connector,
    /// SCIM 2.0 only.
    Scim,
}

/// A proxy; its password is in the keychain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct ProxySettings {
    /// How to speak to it.
    pub kind: ProxyKind,
    /// Host name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// User, if it asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub user: Option<String>,
    /// The variable of the environment that named it when it was chosen, where nobody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub from: Option<String>,
}

impl ProxySettings {
    /// Its host and port, for people.
    pub fn place(&self) -> String {
        let Self { host, port, .. } = self;
        if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
    }

    /// Whether a password for the one is for the other too, whoever named them.
    pub fn is_way_of(&self, other: &Self) -> bool {
        (self.kind, &self.host, self.port, &self.user)
            == (other.kind, &other.host, other.port, &other.user)
    }
}

/// Proxy protocols.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum ProxyKind {
    /// HTTP CONNECT (RFC 9110, 9.3.6).
    Http,
    /// SOCKS 4a.
    Socks4,
    /// SOCKS 5 (RFC 1928, RFC 1929).
    Socks5,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: VERSION,
            log_level: info(),
            mappings_from_cloud: false,
            cloud_attributes: vec![],
            import: ImportSettings::default(),
            sign_in: SignInSettings::default(),
            updates: UpdateSettings::default(),
            cloud: None,
            next: None,
            accounts: vec![],
            mappings: vec![],
        }
    }
}

impl Settings {
    /// Reads settings text of any version up to [`VERSION`].
    pub fn from_toml(text: &str) -> Result<Self> {
        let mut document = Document::parse(text).map_err(|e| invalid(&e))?;
        let table = Self::current(std::mem::take(&mut document.table))?;
        document.value(Value::Object(table)).map_err(|e| invalid(&e))
    }

    /// Brings a table of any version up to [`VERSION`]. What it says is not read yet.
    pub fn current(mut table: Table) -> Result<Table> {
        let version = table.get("version").and_then(Value::as_i64).unwrap_or(0);
        if version > i64::from(VERSION) {
            return Err(Error::of(Code::SettingsTooNew));
        }
        for step in MIGRATIONS.iter().skip(usize::try_from(version).unwrap_or(0)) {
            step(&mut table);
        }
        table.insert("version".into(), VERSION.into());
        Ok(table)
    }

    /// Writes the current version.
    pub fn to_toml(&self) -> Result<String> {
        toml::to_string_pretty(self)
            .map_err(|_| Error::new(Code::Internal, "The settings cannot be written as TOML."))
    }

    /// The account of that name.
    pub fn account(&self, name: &str) -> Result<&Account> {
        self.accounts.iter().find(|a| same_name(&a.name, name)).ok_or_else(|| {
            Error::new(Code::NotFound, format!("There is no account named \"{name}\"."))
                .at("account")
        })
    }

    /// The mapping of that name.
    pub fn mapping(&self, name: &str) -> Result<&Mapping> {
        self.mappings.iter().find(|m| same_name(&m.name, name)).ok_or_else(|| {
            Error::new(Code::NotFound, format!("There is no mapping named \"{name}\".")).at("name")
        })
    }
}

fn invalid(mistake: &Mistake) -> Error {
    let error =
        Error::new(Code::InvalidSettings, format!("The settings have an error: {mistake}."));
    match mistake.field() {
        Some(field) => error.at(field),
        None => error,
    }
}

/// Names of accounts and mappings differ by more than letter case.
pub fn same_name(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// Step `n` turns version `n` into version `n + 1`.
const MIGRATIONS: &[fn(&mut Table)] = &[
    // Version 0 had no version key; nothing else changed.
    |_| {},
];

fn info() -> String {
    "info".to_owned()
}

fn cloud_ports() -> Vec<u16> {
    vec![443, 6061, 80]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_survive_a_round_trip() {
        let settings = Settings::default();
        assert_eq!(Settings::from_toml(&settings.to_toml().unwrap()).unwrap(), settings);
    }

    #[test]
    fn an_old_file_is_migrated_and_a_newer_one_refused() {
        assert_eq!(Settings::from_toml("log_level = \"warn\"").unwrap().version, VERSION);
        assert_eq!(Settings::from_toml("version = 99").unwrap_err().code, Code::SettingsTooNew);
        assert_eq!(
            Settings::from_toml("version = 1\nnonsense = 1").unwrap_err().code,
            Code::InvalidSettings
        );
    }

    #[test]
    fn there_is_a_step_for_every_version() {
        assert_eq!(MIGRATIONS.len(), VERSION as usize);
    }
}

//! An account: one AD/LDAP server registered with the connector.

use crate::{Code, Error, Result};
use serde::{Deserialize, Serialize};

/// One registered directory. The bind password is in the keychain, under the account's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Account {
    /// Name chosen by the administrator; unique, case-insensitive.
    pub name: String,
    /// What kind of server it is; `Auto` is replaced by what the rootDSE says.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(optional, as = "Option<ServerKind>"))]
    pub kind: ServerKind,
    /// Tried in order. Empty with `domain` set: domain controllers are found by DNS SRV.
    pub servers: Vec<HostPort>,
    /// DNS domain for finding domain controllers (`_ldap._tcp.dc._msdcs.DOMAIN`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub domain: Option<String>,
    /// How the connection is protected.
    #[serde(default)]
    pub security: Security,
    /// PEM text of the company CA trusted for this account besides the system's store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub ca_pem: Option<String>,
    /// Who reads the directory.
    pub bind_name: BindName,
    /// Attribute names where the defaults of the server kind do not fit.
    #[serde(default, skip_serializing_if = "AttributeNames::is_default")]
    #[cfg_attr(feature = "contract", ts(optional, as = "Option<AttributeNames>"))]
    pub attributes: AttributeNames,
}

/// Kind of directory server, as seen in its rootDSE (RFC 4512, 5.1; MS-ADTS 3.1.1.3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum ServerKind {
    /// Not known yet.
    #[default]
    Auto,
    /// Microsoft Active Directory.
    ActiveDirectory,
    /// Samba as an Active Directory domain controller.
    SambaAd,
    /// OpenLDAP.
    OpenLdap,
    /// 389 Directory Server (also Red Hat DS, FreeIPA).
    Ds389,
    /// Any other LDAPv3 server.
    Ldap,
}

impl ServerKind {
    /// Whether AD rules apply: `objectGUID`, `userAccountControl`, sub-codes of result 49.
    pub fn is_ad(self) -> bool {
        matches!(self, Self::ActiveDirectory | Self::SambaAd)
    }

    /// The name as shown to people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Auto => "not detected yet",
            Self::ActiveDirectory => "Active Directory",
            Self::SambaAd => "Samba AD",
            Self::OpenLdap => "OpenLDAP",
            Self::Ds389 => "389 Directory Server",
            Self::Ldap => "LDAP",
        }
    }
}

/// Protection of a directory connection. There is no "ignore certificate errors".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum Security {
    /// TLS from the first byte (636, 3269).
    #[default]
    Ldaps,
    /// TLS after the StartTLS operation (RFC 4511, 4.14) on 389 or 3268; never a downgrade.
    StartTls,
    /// No TLS: passwords cross the network readable. Only by explicit, recorded choice.
    Plain,
}

impl Security {
    /// The port that is meant when none is given.
    pub fn default_port(self) -> u16 {
        match self {
            Self::Ldaps => 636,
            Self::StartTls | Self::Plain => 389,
        }
    }
}

impl std::fmt::Display for Security {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Ldaps => "LDAPS",
            Self::StartTls => "StartTLS",
            Self::Plain => "none (plain LDAP)",
        })
    }
}

impl std::str::FromStr for Security {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        match text.to_ascii_lowercase().as_str() {
            "ldaps" => Ok(Self::Ldaps),
            "starttls" => Ok(Self::StartTls),
            "plain" => Ok(Self::Plain),
            _ => Err(Error::new(
                Code::InvalidInput,
                format!("\"{text}\" is not a kind of security."),
            )
            .with_action("Use ldaps, starttls or plain.")
            .at("security")),
        }
    }
}

/// A host name or address, and a port if it is not the usual one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
#[cfg_attr(feature = "contract", ts(type = "string"))]
pub struct HostPort {
    /// DNS name, IPv4 address, or IPv6 address without brackets.
    pub host: String,
    /// None: the default of the account's security.
    pub port: Option<u16>,
}

impl std::str::FromStr for HostPort {
    type Err = Error;
    /// Accepts `host`, `host:port`, `[v6]`, `[v6]:port`, and a bare IPv6 address.
    fn from_str(text: &str) -> Result<Self> {
        let bad = || {
            Error::new(
                Code::InvalidInput,
                format!("\"{text}\" is not a host name with optional port."),
            )
            .with_action("Write it like dc1.example.com or dc1.example.com:636.")
            .at("server")
        };
        let text = text.trim();
        let (host, port) = if let Some(rest) = text.strip_prefix('[') {
            let (host, tail) = rest.split_once(']').ok_or_else(bad)?;
            (
                host,
                tail.strip_prefix(':')
                    .map_or(if tail.is_empty() { Ok(None) } else { Err(bad()) }, |p| Ok(Some(p)))?,
            )
        } else if text.matches(':').count() > 1 {
            (text, None)
        } else {
            text.split_once(':').map_or((text, None), |(h, p)| (h, Some(p)))
        };
        let valid = !host.is_empty()
            && host.len() <= 253
            && host
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '%'));
        if !valid {
            return Err(bad());
        }
        let port = match port {
            None => None,
            Some(p) => Some(p.parse::<u16>().ok().filter(|p| *p != 0).ok_or_else(bad)?),
        };
        Ok(Self { host: host.to_owned(), port })
    }
}

impl TryFrom<String> for HostPort {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<HostPort> for String {
    fn from(value: HostPort) -> Self {
        value.to_string()
    }
}

impl std::fmt::Display for HostPort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let v6 = self.host.contains(':');
        match (v6, self.port) {
            (false, None) => f.write_str(&self.host),
            (false, Some(port)) => write!(f, "{}:{port}", self.host),
            (true, None) => write!(f, "[{}]", self.host),
            (true, Some(port)) => write!(f, "[{}]:{port}", self.host),
        }
    }
}

/// Name for a simple bind: a DN, a UPN (`svc@corp.example.com`) or `DOMAIN\user`. Sent as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
#[cfg_attr(feature = "contract", ts(type = "string"))]
pub struct BindName(pub String);

/// Names of the attributes that are read; `None` means the default of the server kind.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
#[cfg_attr(feature = "contract", ts(optional_fields))]
pub struct AttributeNames {
    /// E-mail address (`mail`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Login name (`sAMAccountName` on AD, `uid` elsewhere).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// Display name (`displayName`, else `cn`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Unique identifier (`objectGUID`, `entryUUID`, `nsUniqueId`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unique_id: Option<String>,
    /// RFC 4515 filter that says who is enabled, for servers without `userAccountControl`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<String>,
    /// Object classes of which one makes an entry a person; empty means those of the server kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "contract", ts(as = "Option<Vec<String>>"))]
    pub person_class: Vec<String>,
}

impl AttributeNames {
    /// Whether people are told apart by an attribute that administrators fill: unlike those that servers make, it may be
    /// given twice, or to somebody else later.
    pub fn has_own_identifier(&self) -> bool {
        let made_by_server = ["objectGUID", "entryUUID", "nsUniqueId"];
        let is_own =
            |name: &String| !made_by_server.iter().any(|one| one.eq_ignore_ascii_case(name));
        self.unique_id.as_ref().is_some_and(is_own)
    }

    fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// What differs from the defaults, as `set` takes it.
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        let names = [
            ("email", &self.email),
            ("user_name", &self.user_name),
            ("display_name", &self.display_name),
            ("unique_id", &self.unique_id),
            ("enabled", &self.enabled),
        ];
        let names = names.into_iter().filter_map(|(key, name)| Some((key, name.as_deref()?)));
        let classes = self.person_class.iter().map(|class| ("person_class", class.as_str()));
        names.chain(classes).collect()
    }

    /// Sets one name from `--attr KEY=VALUE`; `person_class` adds one each time.
    pub fn set(&mut self, key: &str, value: &str) -> Result<()> {
        if key == "person_class" {
            check_name(value)?;
            self.person_class.push(value.to_owned());
            return Ok(());
        }
        let slot = match key {
            "email" => &mut self.email,
            "user_name" => &mut self.user_name,
            "display_name" => &mut self.display_name,
            "unique_id" => &mut self.unique_id,
            "enabled" => &mut self.enabled,
            _ => {
                return Err(Error::new(
                    Code::InvalidInput,
                    format!("There is no attribute name \"{key}\" to set."),
                )
                .with_action(
                    "Use email, user_name, display_name, unique_id, enabled or person_class.",
                )
                .at("attr"));
            }
        };
        if key == "enabled" {
            value.parse::<crate::Filter>().map_err(|e| e.at("attr"))?;
        } else {
            check_name(value)?;
        }
        *slot = Some(value.to_owned());
        Ok(())
    }
}

/// Refuses what cannot be the name of an attribute or an object class.
fn check_name(value: &str) -> Result<()> {
    let good = value.starts_with(|c: char| c.is_ascii_alphanumeric())
        && value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ';' | '.'));
    if good {
        return Ok(());
    }
    Err(Error::new(Code::InvalidInput, format!("\"{value}\" is not an attribute name.")).at("attr"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read_in_every_form() {
        for (text, host, port) in [
            ("dc1.example.com", "dc1.example.com", None),
            ("dc1:3269", "dc1", Some(3269)),
            ("[::1]:636", "::1", Some(636)),
            ("::1", "::1", None),
            ("127.0.0.1:389", "127.0.0.1", Some(389)),
        ] {
            let parsed: HostPort = text.parse().unwrap();
            assert_eq!((parsed.host.as_str(), parsed.port), (host, port), "{text}");
            assert_eq!(parsed.to_string().parse::<HostPort>().unwrap(), parsed);
        }
        for bad in ["", "a b", "host:0", "host:x", "host:70000", "[::1", "ldap://host"] {
            assert_eq!(bad.parse::<HostPort>().unwrap_err().code, Code::InvalidInput, "{bad}");
        }
    }
}

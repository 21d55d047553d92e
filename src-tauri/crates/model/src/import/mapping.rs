//! A mapping: which people of an account are imported, how they are named, which profile they get.

use crate::document::one_or_many;
use crate::{Dn, Filter, Identity};
use serde::{Deserialize, Serialize};

/// The rule as an administrator writes it (TOML file of `mapping apply`) and as it is stored.
///
/// All given criteria must hold (AND); within a list, any one (OR). No criteria: everyone under the base. Whoever is left out
/// does not belong, whatever else is said; whoever is included belongs without the criteria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own in the mapping file")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Mapping {
    /// Unique name, case-insensitive.
    pub name: String,
    /// Name of the account whose directory is read.
    pub account: String,
    /// Where the search starts.
    pub base_dn: Dn,
    /// Which attribute becomes the user name in the cloud.
    #[serde(default)]
    pub name_from: NameFrom,
    /// Organizational units (sub-trees); a person in any of them belongs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "contract", ts(optional, as = "Option<Vec<ScopeRef>>"))]
    pub units: Vec<ScopeRef>,
    /// Groups; a member of any of them belongs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "contract", ts(optional, as = "Option<Vec<ScopeRef>>"))]
    pub groups: Vec<ScopeRef>,
    /// Whether members of groups inside the groups belong as well.
    #[serde(default)]
    pub nested_groups: bool,
    /// Values of `department` or `departmentNumber`.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    #[cfg_attr(feature = "contract", ts(optional, as = "Option<Vec<String>>"))]
    pub department: Vec<String>,
    /// Values of `c` (ISO 3166 code) or `co` (name).
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    #[cfg_attr(feature = "contract", ts(optional, as = "Option<Vec<String>>"))]
    pub country: Vec<String>,
    /// Manual RFC 4515 filter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub filter: Option<Filter>,
    /// Attribute conditions; a list means all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub conditions: Option<Condition>,
    /// Organizational units whose people are left out, whatever else is said of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "contract", ts(optional, as = "Option<Vec<ScopeRef>>"))]
    pub exclude_units: Vec<ScopeRef>,
    /// Groups whose members are left out; with `nested_groups`, those of groups inside them as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "contract", ts(optional, as = "Option<Vec<ScopeRef>>"))]
    pub exclude_groups: Vec<ScopeRef>,
    /// People below the base who belong whatever the criteria say; a user name or an e-mail address is accepted as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "contract", ts(optional, as = "Option<Vec<ScopeRef>>"))]
    pub include_people: Vec<ScopeRef>,
    /// People who are left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "contract", ts(optional, as = "Option<Vec<ScopeRef>>"))]
    pub exclude_people: Vec<ScopeRef>,
    /// Profile that new people get in the cloud.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub profile: Option<String>,
    /// Storage region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub storage: Option<String>,
    /// Quota per user in gigabytes; none means unlimited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub quota_gb: Option<u32>,
    /// Import on schedule (true) or only on demand.
    #[serde(default = "yes")]
    pub auto_import: bool,
    /// Whether the cloud sends new people an e-mail for activation.
    #[serde(default)]
    pub activation_email: bool,
    /// Whether mass deployment may create and activate people of this mapping.
    #[serde(default)]
    pub mass_deployment: bool,
    /// Position among the account's mappings, from 1; a person matched by several belongs to the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub priority: Option<u32>,
}

/// Source of the cloud's user name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum NameFrom {
    /// Common Name (`cn`).
    Cn,
    /// User Principal Name; on servers without it, the account's login attribute (`uid`).
    #[default]
    Upn,
}

/// An OU, group or person by identity, with the DN it had when it was last seen.
///
/// In a mapping file a plain string is accepted: a DN or an identity, of people a user name or an e-mail address as well;
/// `mapping apply` looks the rest up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "ScopeText")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
#[cfg_attr(feature = "contract", ts(type = "string | { identity: string, dn: string }"))]
pub struct ScopeRef {
    /// `None` until it was looked up.
    pub identity: Option<Identity>,
    /// `None` if only the identity was given and not looked up yet.
    pub dn: Option<Dn>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum ScopeText {
    Text(String),
    Both { identity: Identity, dn: Dn },
}

impl ScopeRef {
    /// What a plain text means: a DN, else an identity.
    pub(super) fn from_text(text: &str) -> Self {
        match text.parse::<Dn>() {
            Ok(dn) if !dn.is_root() => Self { identity: None, dn: Some(dn) },
            _ => Self { identity: Some(Identity::from_text(text)), dn: None },
        }
    }
}

impl From<ScopeRef> for ScopeText {
    fn from(scope: ScopeRef) -> Self {
        match (scope.identity, scope.dn) {
            (Some(identity), Some(dn)) => Self::Both { identity, dn },
            (Some(identity), None) => Self::Text(identity.to_string()),
            (None, Some(dn)) => Self::Text(dn.to_string()),
            (None, None) => Self::Text(String::new()),
        }
    }
}

/// A tree of attribute tests. In TOML:
/// `conditions = [{ attribute = "title", op = "starts_with", value = "Eng" }, { any = [ … ] }]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum Condition {
    /// A list: all must hold.
    List(Vec<Condition>),
    /// All must hold.
    All {
        /// The tests.
        all: Vec<Condition>,
    },
    /// At least one must hold.
    Any {
        /// The tests.
        any: Vec<Condition>,
    },
    /// Must not hold.
    Not {
        /// The test.
        not: Box<Condition>,
    },
    /// One test.
    Test {
        /// Attribute name.
        attribute: String,
        /// Comparison.
        op: Operator,
        /// Value as typed; escaped by the filter. Unused by `present` and `absent`.
        value: String,
    },
}

/// Comparison of one attribute with one value, by the attribute's own matching rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum Operator {
    /// Any value equals.
    #[default]
    #[serde(alias = "eq", alias = "is")]
    Equals,
    /// No value equals (also true without any value).
    #[serde(alias = "ne", alias = "is_not")]
    NotEquals,
    /// Starts with.
    StartsWith,
    /// Ends with.
    EndsWith,
    /// Contains.
    Contains,
    /// Greater or equal.
    #[serde(alias = "ge")]
    AtLeast,
    /// Less or equal.
    #[serde(alias = "le")]
    AtMost,
    /// Has a value.
    #[serde(alias = "exists")]
    Present,
    /// Has no value.
    Absent,
}

impl Condition {
    /// The condition as a typed filter; fails on an unusable attribute name or an empty value.
    pub fn to_filter(&self) -> crate::Result<Filter> {
        let all = |list: &[Self]| {
            if list.is_empty() {
                let empty = crate::Error::new(
                    crate::Code::InvalidMapping,
                    "A list of conditions is empty.",
                );
                return Err(empty
                    .with_action("Put a condition into it, or remove the list.")
                    .at("conditions"));
            }
            list.iter().map(Self::to_filter).collect::<crate::Result<Vec<_>>>()
        };
        Ok(match self {
            Self::List(list) | Self::All { all: list } => Filter::and(all(list)?),
            Self::Any { any } => Filter::or(all(any)?),
            Self::Not { not } => Filter::negate(not.to_filter()?),
            Self::Test { attribute, op, value } => test_filter(attribute, *op, value)?,
        })
    }
}

fn test_filter(attribute: &str, op: Operator, value: &str) -> crate::Result<Filter> {
    use crate::directory::filter::Attribute;
    let name: Attribute = attribute.parse()?;
    if value.is_empty() && !matches!(op, Operator::Present | Operator::Absent) {
        return Err(crate::Error::new(
            crate::Code::InvalidMapping,
            format!("The condition on \"{attribute}\" has no value."),
        )
        .with_action("Give a value, or use op = \"present\" or \"absent\".")
        .at("conditions"));
    }
    let bytes = value.as_bytes().to_vec();
    Ok(match op {
        Operator::Equals => Filter::Equal(name, bytes),
        Operator::NotEquals => Filter::negate(Filter::Equal(name, bytes)),
        Operator::StartsWith => Filter::substring(name, Some(bytes), vec![], None),
        Operator::EndsWith => Filter::substring(name, None, vec![], Some(bytes)),
        Operator::Contains => Filter::substring(name, None, vec![bytes], None),
        Operator::AtLeast => Filter::GreaterOrEqual(name, bytes),
        Operator::AtMost => Filter::LessOrEqual(name, bytes),
        Operator::Present => Filter::Present(name),
        Operator::Absent => Filter::negate(Filter::Present(name)),
    })
}

fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
        name = "Sales"
        account = "corp"
        base_dn = "DC=corp,DC=example,DC=com"
        name_from = "cn"
        units = ["OU=Sales,DC=corp,DC=example,DC=com"]
        groups = ["00112233-4455-6677-8899-aabbccddeeff"]
        department = "R&D (Berlin)*"
        conditions = [{ attribute = "title", op = "starts_with", value = "Eng*" }, { any = [{ attribute = "l", value = "Berlin" }, { not = { attribute = "l", op = "present" } }] }]
    "#;

    #[test]
    fn a_file_is_read_and_written_back_the_same() {
        let mapping: Mapping = toml::from_str(FILE).unwrap();
        assert_eq!(mapping.department, ["R&D (Berlin)*"]);
        assert!(mapping.units[0].identity.is_none() && mapping.groups[0].dn.is_none());
        assert!(mapping.auto_import && !mapping.mass_deployment);
        let again: Mapping = toml::from_str(&toml::to_string(&mapping).unwrap()).unwrap();
        assert_eq!(mapping, again);
    }

    #[test]
    fn conditions_are_escaped_by_type() {
        let mapping: Mapping = toml::from_str(FILE).unwrap();
        let filter = mapping.conditions.unwrap().to_filter().unwrap().to_string();
        assert_eq!(filter, r"(&(title=Eng\2a*)(|(l=Berlin)(!(l=*))))");
    }

    #[test]
    fn an_unknown_key_is_an_error() {
        let error = toml::from_str::<Mapping>(&format!("{FILE}\nbase = \"x\"")).unwrap_err();
        assert!(error.to_string().contains("unknown field `base`"), "{error}");
    }
}

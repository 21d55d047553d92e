//! LDAP filters built by type and written as RFC 4515 text; see [`crate::directory::filter_text`] for reading.

use crate::{Code, Error, Result};
use std::fmt::{Display, Formatter, Write};

/// An attribute description (RFC 4512, 2.5): name or OID with options. Checked, so it needs no escaping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute(String);

impl Attribute {
    /// For names that are known to be right.
    pub fn known(name: &'static str) -> Self {
        Self(name.to_owned())
    }

    /// As the name of a matching rule: the LDAP library takes what begins with `dn` for the flag `:dn`.
    pub(crate) fn told_from_dn(self) -> Self {
        match self.0.strip_prefix("dn") {
            Some(rest) => Self(format!("Dn{rest}")),
            None => self,
        }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Attribute {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let mut parts = text.split(';');
        let named = parts.next().is_some_and(is_type);
        if named && parts.all(is_option) && text.len() <= 200 {
            Ok(Self(text.to_owned()))
        } else {
            Err(Error::new(Code::InvalidFilter, format!("\"{text}\" is not an attribute name."))
                .at("filter"))
        }
    }
}

/// A name, or an OID in numbers (RFC 4512, 1.4): the LDAP library takes nothing else.
fn is_type(text: &str) -> bool {
    let number = |text: &str| {
        text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'))
    };
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    } else {
        text.split('.').all(|part| !part.is_empty() && number(part))
    }
}

/// An option; that of a range has a value (MS-ADTS 3.1.1.3.1.3.3).
fn is_option(text: &str) -> bool {
    let known = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'=');
    !text.is_empty() && !text.starts_with('=') && text.bytes().all(known)
}

/// A filter (RFC 4511, 4.5.1.7). Values are raw octets; escaping happens when it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
#[cfg_attr(feature = "contract", ts(type = "string"))]
pub enum Filter {
    /// All hold; empty is always true (RFC 4526).
    And(Vec<Filter>),
    /// Any holds; empty is never true (RFC 4526).
    Or(Vec<Filter>),
    /// Does not hold.
    Not(Box<Filter>),
    /// `attr=value`
    Equal(Attribute, Vec<u8>),
    /// `attr=initial*any*final`
    Substring(Attribute, Substring),
    /// `attr>=value`
    GreaterOrEqual(Attribute, Vec<u8>),
    /// `attr<=value`
    LessOrEqual(Attribute, Vec<u8>),
    /// `attr=*`
    Present(Attribute),
    /// `attr~=value`
    Approx(Attribute, Vec<u8>),
    /// `attr:dn:rule:=value`
    Extensible(Extensible),
}

/// Pieces of a substring match; at least one is there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Substring {
    /// Must be the start.
    pub initial: Option<Vec<u8>>,
    /// Must follow, in order.
    pub any: Vec<Vec<u8>>,
    /// Must be the end.
    pub last: Option<Vec<u8>>,
}

/// An extensible match; attribute or rule is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extensible {
    /// Attribute, if not every attribute with that rule.
    pub attribute: Option<Attribute>,
    /// Whether the DN's own values count.
    pub dn_attributes: bool,
    /// Matching rule name or OID.
    pub rule: Option<Attribute>,
    /// Asserted value.
    pub value: Vec<u8>,
}

/// `LDAP_MATCHING_RULE_BIT_AND` (MS-ADTS 3.1.1.3.4.4.1).
pub const BIT_AND: &str = "1.2.840.113556.1.4.803";
/// `LDAP_MATCHING_RULE_TRANSITIVE_EVAL` (MS-ADTS 3.1.1.3.4.4.3): membership through nested groups.
pub const IN_CHAIN: &str = "1.2.840.113556.1.4.1941";

impl Filter {
    /// AND that leaves out what is not needed: one part stays alone.
    pub fn and(mut parts: Vec<Self>) -> Self {
        if parts.len() == 1 { parts.remove(0) } else { Self::And(parts) }
    }

    /// OR that leaves out what is not needed.
    pub fn or(mut parts: Vec<Self>) -> Self {
        if parts.len() == 1 { parts.remove(0) } else { Self::Or(parts) }
    }

    /// Those who match both, the first of which alone selects: negated twice, the rest means the same, but no server
    /// collects everybody who matches it before it looks at the first (OpenLDAP does, for each indexed part).
    pub fn selecting(first: Self, rest: Self) -> Self {
        Self::And(vec![first, Self::negate(Self::negate(rest))])
    }

    /// NOT.
    pub fn negate(inner: Self) -> Self {
        Self::Not(Box::new(inner))
    }

    /// `attr=value` with a known attribute name.
    pub fn equal(attribute: &'static str, value: impl Into<Vec<u8>>) -> Self {
        Self::Equal(Attribute::known(attribute), value.into())
    }

    /// `attribute>=value` of an attribute that we name.
    pub fn at_least(attribute: &'static str, value: impl Into<Vec<u8>>) -> Self {
        Self::GreaterOrEqual(Attribute::known(attribute), value.into())
    }

    /// `attr=*` with a known attribute name.
    pub fn present(attribute: &'static str) -> Self {
        Self::Present(Attribute::known(attribute))
    }

    /// `attr:rule:=value` with known names.
    pub fn matching(
        attribute: &'static str,
        rule: &'static str,
        value: impl Into<Vec<u8>>,
    ) -> Self {
        Self::Extensible(Extensible {
            attribute: Some(Attribute::known(attribute)),
            dn_attributes: false,
            rule: Some(Attribute::known(rule)),
            value: value.into(),
        })
    }

    /// Substring match; with no pieces at all it is presence.
    pub fn substring(
        attribute: Attribute,
        initial: Option<Vec<u8>>,
        any: Vec<Vec<u8>>,
        last: Option<Vec<u8>>,
    ) -> Self {
        if initial.is_none() && any.is_empty() && last.is_none() {
            return Self::Present(attribute);
        }
        Self::Substring(attribute, Substring { initial, any, last })
    }
}

impl Display for Filter {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_char('(')?;
        match self {
            Self::And(parts) => list(f, '&', parts)?,
            Self::Or(parts) => list(f, '|', parts)?,
            Self::Not(inner) => write!(f, "!{inner}")?,
            Self::Equal(attribute, value) => pair(f, attribute, "=", value)?,
            Self::GreaterOrEqual(attribute, value) => pair(f, attribute, ">=", value)?,
            Self::LessOrEqual(attribute, value) => pair(f, attribute, "<=", value)?,
            Self::Approx(attribute, value) => pair(f, attribute, "~=", value)?,
            Self::Present(attribute) => write!(f, "{}=*", attribute.0)?,
            Self::Substring(attribute, pieces) => {
                write!(f, "{}=", attribute.0)?;
                escape(f, pieces.initial.as_deref().unwrap_or_default())?;
                f.write_char('*')?;
                for piece in &pieces.any {
                    escape(f, piece)?;
                    f.write_char('*')?;
                }
                escape(f, pieces.last.as_deref().unwrap_or_default())?;
            }
            Self::Extensible(m) => {
                if let Some(attribute) = &m.attribute {
                    f.write_str(&attribute.0)?;
                }
                if m.dn_attributes {
                    f.write_str(":dn")?;
                }
                if let Some(rule) = &m.rule {
                    write!(f, ":{}", rule.0)?;
                }
                f.write_str(":=")?;
                escape(f, &m.value)?;
            }
        }
        f.write_char(')')
    }
}

fn list(f: &mut Formatter<'_>, sign: char, parts: &[Filter]) -> std::fmt::Result {
    f.write_char(sign)?;
    parts.iter().try_for_each(|part| part.fmt(f))
}

fn pair(
    f: &mut Formatter<'_>,
    attribute: &Attribute,
    sign: &str,
    value: &[u8],
) -> std::fmt::Result {
    write!(f, "{}{sign}", attribute.0)?;
    escape(f, value)
}

/// Escapes everything RFC 4515 asks for, all control characters and whatever is not UTF-8.
fn escape(f: &mut Formatter<'_>, value: &[u8]) -> std::fmt::Result {
    for chunk in value.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '*' | '(' | ')' | '\\' | '\0'..='\x1f' | '\x7f' => write!(f, "\\{:02x}", c as u32)?,
                _ => f.write_char(c)?,
            }
        }
        chunk.invalid().iter().try_for_each(|b| write!(f, "\\{b:02x}"))?;
    }
    Ok(())
}

impl serde::Serialize for Filter {
    fn serialize<S: serde::Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Filter {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(|e: Error| serde::de::Error::custom(e.message))
    }
}

//! Distinguished names (RFC 4514): kept as the server wrote them, compared by meaning.

use crate::directory::attribute_type;
use crate::{Code, Error, Result};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// A distinguished name. The text is the server's own; [`Dn::key`] is for comparing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
#[cfg_attr(feature = "contract", ts(type = "string"))]
pub struct Dn(String);

/// One relative distinguished name: one or more attribute-value pairs joined by `+`.
pub type Rdn = Vec<(String, Vec<u8>)>;

/// Longest DN that is accepted as input, in bytes.
const MAX_BYTES: usize = 8 * 1024;

impl Dn {
    /// Takes a DN as a server sent it, without looking at it.
    pub fn from_server(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Takes a value of the syntax Name And Optional UID (RFC 4517, 3.3.21), such as `uniqueMember`: the name without the
    /// bit string that may follow it (`cn=Ann,dc=x#'0101'B`), which tells two holders of one name apart and is no part of it.
    pub fn from_name_and_uid(text: &str) -> Self {
        let name = text.rsplit_once('#').filter(|(_, uid)| {
            let bits = uid.strip_prefix('\'').and_then(|rest| rest.strip_suffix("'B"));
            bits.is_some_and(|bits| bits.bytes().all(|bit| matches!(bit, b'0' | b'1')))
        });
        Self(name.map_or(text, |(name, _)| name).to_owned())
    }

    /// Builds a child name with a correctly escaped value.
    #[must_use]
    pub fn child(&self, attribute: &str, value: &str) -> Self {
        let rdn = format!("{attribute}={}", escape_value(value));
        Self(if self.0.is_empty() { rdn } else { format!("{rdn},{}", self.0) })
    }

    /// The text as it is.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the empty DN (the rootDSE).
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The parts, from the entry up to the root. Fails with `invalid_dn` where the text is not RFC 4514.
    pub fn rdns(&self) -> Result<Vec<Rdn>> {
        parse(&self.0)
    }

    /// The value of the first pair, unescaped: what people see as the name.
    pub fn leaf_value(&self) -> String {
        self.rdns().ok().and_then(|rdns| rdns.into_iter().next()?.into_iter().next()).map_or_else(
            || self.0.clone(),
            |(_, value)| String::from_utf8_lossy(&value).into_owned(),
        )
    }

    /// The name above; `None` for the root.
    pub fn parent(&self) -> Option<Self> {
        if self.0.is_empty() {
            return None;
        }
        Some(Self(match split_unescaped(&self.0, &[',', ';']).next() {
            Some((first, rest)) if first.len() < self.0.len() => rest.trim_start().to_owned(),
            _ => String::new(),
        }))
    }

    /// The same key for every spelling of one name: attribute types by their usual name, values folded to lower case,
    /// spaces collapsed, escapes made canonical, pairs of one RDN sorted (RFC 4517 `distinguishedNameMatch`
    /// with `caseIgnoreMatch` for all values). A text that is no DN is its own lower case.
    pub fn key(&self) -> String {
        self.rdns().map_or_else(|_| self.0.to_lowercase(), |rdns| rdns_key(&rdns))
    }

    /// Whether this is `base` or below it.
    pub fn is_under(&self, base: &Self) -> bool {
        match (self.rdns(), base.rdns()) {
            (Ok(mine), Ok(theirs)) if mine.len() >= theirs.len() => {
                rdns_key(&mine[mine.len() - theirs.len()..]) == rdns_key(&theirs)
            }
            _ => false,
        }
    }
}

fn rdns_key(rdns: &[Rdn]) -> String {
    let part = |rdn: &Rdn| {
        let mut pairs: Vec<String> = rdn
            .iter()
            .map(|(t, v)| format!("{}={}", attribute_type::usual(t), value_key(v)))
            .collect();
        pairs.sort();
        pairs.join("+")
    };
    rdns.iter().map(part).collect::<Vec<_>>().join(",")
}

fn value_key(value: &[u8]) -> String {
    let Ok(text) = std::str::from_utf8(value) else {
        return value.iter().map(|b| format!("\\{b:02x}")).collect();
    };
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    escape_value(&folded.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" "))
}

/// Escapes a value for use in a DN (RFC 4514, 2.4); control characters go as hexadecimal pairs.
pub fn escape_value(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 4);
    let last = value.chars().count().saturating_sub(1);
    for (i, c) in value.chars().enumerate() {
        match c {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' | '=' => out.extend(['\\', c]),
            '#' if i == 0 => out.push_str("\\#"),
            ' ' if i == 0 || i == last => out.push_str("\\ "),
            '\0'..='\x1f' | '\x7f' => {
                out.push('\\');
                out.extend(
                    [c as u32 >> 4, c as u32 & 15].map(|n| char::from_digit(n, 16).unwrap_or('0')),
                );
            }
            _ => out.push(c),
        }
    }
    out
}

/// Splits at separators that are neither escaped nor quoted; yields each piece and what follows it.
fn split_unescaped<'a>(
    text: &'a str,
    separators: &'a [char],
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let current = rest?;
        let (mut escaped, mut quoted) = (false, false);
        for (at, c) in current.char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => quoted = !quoted,
                _ if !quoted && separators.contains(&c) => {
                    let tail = &current[at + c.len_utf8()..];
                    rest = Some(tail);
                    return Some((&current[..at], tail));
                }
                _ => {}
            }
        }
        rest = None;
        Some((current, ""))
    })
}

fn parse(text: &str) -> Result<Vec<Rdn>> {
    let bad = |why: &str| {
        Error::new(Code::InvalidDn, format!("\"{text}\" is not a distinguished name: {why}."))
    };
    if text.len() > MAX_BYTES || text.contains('\0') {
        return Err(Error::new(Code::InvalidDn, "The distinguished name is too long or not text."));
    }
    if text.trim().is_empty() {
        return Ok(vec![]);
    }
    split_unescaped(text, &[',', ';'])
        .map(|(rdn, _)| {
            split_unescaped(rdn, &['+'])
                .map(|(pair, _)| {
                    let (kind, value) =
                        pair.split_once('=').ok_or_else(|| bad("a part has no \"=\""))?;
                    let kind = kind.trim();
                    let good = kind.starts_with(|c: char| c.is_ascii_alphanumeric())
                        && kind
                            .chars()
                            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
                    if !good {
                        return Err(bad("an attribute name is missing or has odd characters"));
                    }
                    Ok((
                        kind.to_owned(),
                        unescape(value).ok_or_else(|| bad("an escape is not complete"))?,
                    ))
                })
                .collect()
        })
        .collect()
}

/// Two hexadecimal digits; `from_str_radix` alone would take a sign as well.
pub(crate) fn hex_pair(text: &str) -> Option<u8> {
    let digits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_hexdigit());
    if digits { u8::from_str_radix(text, 16).ok() } else { None }
}

/// Takes escapes, quotes (RFC 2253, still sent by some servers), hexadecimal strings and outer spaces away.
fn unescape(value: &str) -> Option<Vec<u8>> {
    let value = value.trim_start_matches(' ');
    if let Some(hex) = value.trim_end().strip_prefix('#') {
        return (0..hex.len()).step_by(2).map(|i| hex_pair(hex.get(i..i + 2)?)).collect();
    }
    let mut out = Vec::with_capacity(value.len());
    let mut keep = 0; // length that trailing spaces may not be cut below
    let mut chars = value.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => {}
            '\\' => {
                let pair = value.get(at + 1..at + 3).and_then(hex_pair);
                if let Some(byte) = pair {
                    out.push(byte);
                    chars.nth(1);
                } else {
                    let (_, next) = chars.next()?;
                    out.extend_from_slice(next.encode_utf8(&mut [0; 4]).as_bytes());
                }
                keep = out.len();
            }
            _ => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    while out.len() > keep && out.last() == Some(&b' ') {
        out.pop();
    }
    Some(out)
}

impl std::str::FromStr for Dn {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let text = text.trim_start();
        parse(text)?;
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for Dn {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Dn> for String {
    fn from(dn: Dn) -> Self {
        dn.0
    }
}

impl std::fmt::Display for Dn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dn(text: &str) -> Dn {
        text.parse().unwrap()
    }

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (a, b) in [
            ("CN=Ann,DC=x", "cn=ann, dc=X"),
            (r"CN=a\,b,DC=x", r"CN=a\2cb,DC=x"),
            (r#"CN="a,b",DC=x"#, r"CN=a\,b,DC=x"),
            ("CN=Müller,DC=x", r"CN=M\c3\bcller,DC=x"),
            ("OU=a  b,DC=x", "OU=a b,DC=x"),
            ("CN=a+SN=b,DC=x", "SN=b+CN=a,DC=x"),
            (r"CN=\#1,DC=x", r"CN=\231,DC=x"),
            (r"CN=\+0,DC=x", r"CN=\2b0,DC=x"),
            ("userid=ann,domainComponent=x", "UID=ann,0.9.2342.19200300.100.1.25=x"),
        ] {
            assert_eq!(dn(a).key(), dn(b).key(), "{a} / {b}");
        }
        assert_ne!(dn(r"CN=a\,OU=b,DC=x").key(), dn("CN=a,OU=b,DC=x").key());
    }

    #[test]
    fn the_optional_uid_is_no_part_of_the_name() {
        for (value, name) in [
            ("cn=Ann,dc=x#'0101'B", "cn=Ann,dc=x"),
            ("cn=Ann,dc=x#''B", "cn=Ann,dc=x"),
            ("cn=Ann,dc=x", "cn=Ann,dc=x"),
            ("cn=C#,dc=x", "cn=C#,dc=x"),
            ("cn=C#'12'B,dc=x", "cn=C#'12'B,dc=x"),
            ("cn=a#'1'B,dc=x#'0'B", "cn=a#'1'B,dc=x"),
        ] {
            assert_eq!(Dn::from_name_and_uid(value), dn(name), "{value}");
        }
    }

    #[test]
    fn parent_and_below() {
        assert_eq!(dn(r"CN=a\,b,OU=c,DC=x").parent(), Some(dn("OU=c,DC=x")));
        assert_eq!(dn("DC=x").parent(), Some(dn("")));
        assert_eq!(dn("").parent(), None);
        assert!(dn("CN=a,OU=B,DC=x").is_under(&dn("ou=b, dc=X")));
        assert!(!dn("CN=a,OU=bb,DC=x").is_under(&dn("OU=b,DC=x")));
        assert_eq!(dn(r"CN=Doe\, Ann,DC=x").leaf_value(), "Doe, Ann");
    }

    #[test]
    fn what_is_no_dn_is_refused() {
        for bad in ["hello", "=x", "CN", r"CN=a\", "CN=#zz", "C N=a"] {
            assert_eq!(bad.parse::<Dn>().unwrap_err().code, Code::InvalidDn, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_value_survives(value in "[^\0]{1,20}") {
            let child = dn("DC=x").child("CN", &value);
            let rdns = child.rdns().unwrap();
            prop_assert_eq!(rdns.len(), 2);
            prop_assert_eq!(&rdns[0][0].1, value.as_bytes());
            prop_assert!(child.is_under(&dn("dc=X")));
            prop_assert_eq!(child.parent(), Some(dn("DC=x")));
        }
    }
}

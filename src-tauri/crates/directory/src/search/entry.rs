//! One search result entry (RFC 4511, 4.5.2), without assumptions about what the server sent.

use connector_model::{Code, Dn, Error, Result};
use lber::structure::{PL, StructureTag};

/// DN and attributes with their raw values.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub dn: Dn,
    attributes: Vec<(String, Vec<Vec<u8>>)>,
}

impl Entry {
    pub fn read(tag: StructureTag) -> Result<Self> {
        parse(tag).ok_or_else(|| {
            Error::new(
                Code::ProtocolViolation,
                "The server sent an entry that cannot be understood.",
            )
        })
    }

    /// All values of an attribute; names compare without case (RFC 4512, 2.5).
    pub fn values(&self, name: &str) -> &[Vec<u8>] {
        self.attributes
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map_or(&[], |(_, values)| values)
    }

    /// The first value that is not empty, as text.
    pub fn text(&self, name: &str) -> Option<String> {
        self.values(name).iter().find(|v| !v.is_empty()).map(|v| lossy(v))
    }

    /// All values as text.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = String> {
        self.values(name).iter().map(|v| lossy(v))
    }

    /// Every attribute's name as the server spelled it, with options.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.attributes.iter().map(|(name, _)| name.as_str())
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn parse(tag: StructureTag) -> Option<Entry> {
    let mut parts = constructed(tag)?.into_iter();
    let dn = Dn::from_server(String::from_utf8(primitive(parts.next()?)?).ok()?);
    let list = constructed(parts.next()?)?;
    let mut attributes = Vec::with_capacity(list.len());
    for attribute in list {
        let mut pair = constructed(attribute)?.into_iter();
        let name = String::from_utf8(primitive(pair.next()?)?).ok()?;
        let values =
            constructed(pair.next()?)?.into_iter().map(primitive).collect::<Option<Vec<_>>>()?;
        attributes.push((name, values));
    }
    Some(Entry { dn, attributes })
}

fn constructed(tag: StructureTag) -> Option<Vec<StructureTag>> {
    match tag.payload {
        PL::C(parts) => Some(parts),
        PL::P(bytes) if bytes.is_empty() => Some(vec![]),
        PL::P(_) => None,
    }
}

fn primitive(tag: StructureTag) -> Option<Vec<u8>> {
    match tag.payload {
        PL::P(bytes) => Some(bytes),
        PL::C(_) => None,
    }
}

//! One search result entry (RFC 4511, 4.5.2), without assumptions about what the server sent.

use connector_model::attribute_type::{Asked, Came};
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

    /// About how many bytes it was sent in.
    pub fn size(&self) -> usize {
        let one = |(name, values): &(String, Vec<Vec<u8>>)| {
            name.len() + values.iter().map(|value| value.len() + 2).sum::<usize>()
        };
        self.dn.as_str().len() + self.attributes.iter().map(one).sum::<usize>()
    }

    /// All values of an attribute, whatever the server calls it: those of subtypes (RFC 4512, 2.5.2) come last.
    pub fn values(&self, description: &str) -> Vec<&[u8]> {
        let asked = Asked::new(description);
        let mut values = self.of(asked, Came::Itself);
        values.extend(self.of(asked, Came::Subtype));
        values
    }

    /// One value as text, whatever their order: the one in the entry's own name, else the least. Blank ones do not count,
    /// and those of subtypes only where there are no others.
    pub fn text(&self, description: &str) -> Option<String> {
        let asked = Asked::new(description);
        let one = |came| self.choose(asked, self.of(asked, came));
        one(Came::Itself).or_else(|| one(Came::Subtype)).map(lossy)
    }

    /// All values as text.
    pub fn texts(&self, description: &str) -> impl Iterator<Item = String> {
        self.values(description).into_iter().map(lossy)
    }

    fn of(&self, asked: Asked<'_>, came: Came) -> Vec<&[u8]> {
        let such = self.attributes.iter().filter(|(name, _)| asked.compare(name) == came);
        such.flat_map(|(_, values)| values.iter().map(Vec::as_slice)).collect()
    }

    fn choose<'a>(&self, asked: Asked<'_>, mut values: Vec<&'a [u8]>) -> Option<&'a [u8]> {
        values.retain(|value| !value.trim_ascii().is_empty());
        if values.len() < 2 {
            return values.pop();
        }
        let rdn = self.dn.rdns().ok().and_then(|rdns| rdns.into_iter().next()).unwrap_or_default();
        let own = rdn.iter().find(|(name, _)| asked.compare(name) == Came::Itself);
        let named = own.and_then(|(_, own)| values.iter().find(|v| v.eq_ignore_ascii_case(own)));
        named.or_else(|| values.iter().min()).copied()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(dn: &str, attributes: &[(&str, &[&str])]) -> Entry {
        let bytes = |values: &[&str]| values.iter().map(|v| v.as_bytes().to_vec()).collect();
        let attributes = attributes.iter().map(|(n, v)| ((*n).to_owned(), bytes(v))).collect();
        Entry { dn: Dn::from_server(dn), attributes }
    }

    #[test]
    fn one_value_is_chosen_whatever_their_order() {
        for uids in [["moni", "m.weiss", "aa"], ["aa", "moni", "m.weiss"]] {
            let named = entry("userid=Moni,dc=x", &[("uid", &uids)]);
            assert_eq!(named.text("uid").as_deref(), Some("moni"));
            let other = entry("cn=Monika,dc=x", &[("uid", &uids)]);
            assert_eq!(other.text("uid").as_deref(), Some("aa"));
        }
        let blank = entry("cn=x", &[("uid", &[" ", "b"])]);
        assert_eq!(blank.text("uid").as_deref(), Some("b"));
        assert_eq!(entry("cn=x", &[("uid", &[" "])]).text("uid"), None);
    }

    #[test]
    fn an_attribute_is_found_by_every_name_and_subtypes_count_last() {
        let mail: &[(&str, &[&str])] =
            &[("mail;lang-de", &["de@x.example"]), ("rfc822Mailbox", &["a@x.example"])];
        let entry = entry("cn=x", mail);
        let all: Vec<String> = entry.texts("MAIL").collect();
        assert_eq!(all, ["a@x.example", "de@x.example"]);
        assert_eq!(entry.text("0.9.2342.19200300.100.1.3").as_deref(), Some("a@x.example"));
        assert_eq!(entry.text("mail;lang-de").as_deref(), Some("de@x.example"));
        assert_eq!(entry.text("mail;lang-fr"), None);
    }
}

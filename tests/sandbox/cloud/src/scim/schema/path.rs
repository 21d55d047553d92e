//! Attribute names with their schema and sub-attribute (RFC 7644, section 3.10).

use super::{Attribute, CONNECTOR, USER};

/// Where a value lives in a stored User.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributePath {
    /// Inside the extension.
    pub extension: bool,
    /// Canonical name; empty for the whole extension.
    pub name: String,
    /// Canonical name of the sub-attribute.
    pub sub: Option<String>,
}

impl AttributePath {
    /// Reads `name`, `name.sub`, `urn:…:name` or `urn:…:name.sub`, in any case; `None` if it is not
    /// a name at all. Names that no schema has are kept as they are: they never have a value.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = after_urn(text, CONNECTOR) {
            return Self::of(true, rest);
        }
        if let Some(rest) = after_urn(text, USER) {
            return (!rest.is_empty()).then(|| Self::of(false, rest)).flatten();
        }
        if text.len() > 4 && text[..4].eq_ignore_ascii_case("urn:") {
            let (_, last) = text.rsplit_once(':')?;
            return Some(Self { extension: true, name: format!("?{last}"), sub: None });
        }
        (!text.is_empty()).then(|| Self::of(false, text)).flatten()
    }

    fn of(extension: bool, text: &str) -> Option<Self> {
        let (name, sub) = match text.split_once('.') {
            Some((name, sub)) => (name, Some(sub)),
            None => (text, None),
        };
        let fine = |part: &str| {
            part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'$'))
        };
        if !fine(name) || sub.is_some_and(|sub| sub.is_empty() || !fine(sub)) {
            return None;
        }
        let known =
            if extension { super::find(super::EXTENSION, name) } else { super::find_core(name) };
        let canonical = known.map_or(name, |a| a.name);
        let sub = sub.map(|sub| {
            known.and_then(|a| super::find(a.subs, sub)).map_or(sub, |a| a.name).to_owned()
        });
        Some(Self { extension, name: canonical.to_owned(), sub })
    }

    /// The attribute that `name` names.
    pub fn attribute(&self) -> Option<&'static Attribute> {
        if self.extension {
            super::find(super::EXTENSION, &self.name)
        } else {
            super::find_core(&self.name)
        }
    }

    /// The attribute that a comparison is about: the sub-attribute, `value` of a list, or itself.
    pub fn compared(&self) -> Option<&'static Attribute> {
        let attribute = self.attribute()?;
        match &self.sub {
            Some(sub) => super::find(attribute.subs, sub),
            None if !attribute.subs.is_empty() => super::find(attribute.subs, "value"),
            None => Some(attribute),
        }
    }

    /// Whether the whole extension is meant.
    pub fn is_extension(&self) -> bool {
        self.extension && self.name.is_empty()
    }
}

fn after_urn<'a>(text: &'a str, urn: &str) -> Option<&'a str> {
    let head = text.get(..urn.len())?;
    let rest = &text[urn.len()..];
    if !head.eq_ignore_ascii_case(urn) {
        return None;
    }
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix(':').filter(|r| !r.is_empty()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case_and_with_their_urn() {
        let path = AttributePath::parse("NAME.FAMILYNAME").unwrap();
        assert_eq!((path.name.as_str(), path.sub.as_deref()), ("name", Some("familyName")));
        let path = AttributePath::parse(&format!("{USER}:emails.value")).unwrap();
        assert_eq!((path.name.as_str(), path.extension), ("emails", false));
        let path = AttributePath::parse(&format!("{CONNECTOR}:quotagb")).unwrap();
        assert_eq!((path.name.as_str(), path.extension), ("quotaGb", true));
        assert!(AttributePath::parse(CONNECTOR).unwrap().is_extension());
        assert!(AttributePath::parse("a b").is_none() && AttributePath::parse("").is_none());
        assert!(AttributePath::parse("urn:other:1.0:x").unwrap().attribute().is_none());
    }
}

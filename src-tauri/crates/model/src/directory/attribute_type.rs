//! Attributes as schemas know them (RFC 4512, 2.5): short name, long name and OID are one, whatever the case; options
//! make a subtype. A server answers with the name it prefers, not with the one that was asked for.

use std::borrow::Cow;

/// Names of one attribute in lower case, the usual one first (RFC 4519, 4524, 2307, 4530, 2798; MS-ADA).
const NAMES: &[&[&str]] = &[
    &["cn", "commonname", "2.5.4.3"],
    &["uid", "userid", "0.9.2342.19200300.100.1.1"],
    &["ou", "organizationalunitname", "2.5.4.11"],
    &["dc", "domaincomponent", "0.9.2342.19200300.100.1.25"],
    &["o", "organizationname", "2.5.4.10"],
    &["mail", "rfc822mailbox", "0.9.2342.19200300.100.1.3"],
    &["sn", "surname", "2.5.4.4"],
    &["givenname", "gn", "2.5.4.42"],
    &["displayname", "2.16.840.1.113730.3.1.241"],
    &["title", "2.5.4.12"],
    &["c", "countryname", "2.5.4.6"],
    &["co", "friendlycountryname", "0.9.2342.19200300.100.1.43"],
    &["l", "localityname", "2.5.4.7"],
    &["st", "stateorprovincename", "2.5.4.8"],
    &["street", "streetaddress", "2.5.4.9"],
    &["department", "1.2.840.113556.1.2.141"],
    &["departmentnumber", "2.16.840.1.113730.3.1.2"],
    &["employeenumber", "2.16.840.1.113730.3.1.3"],
    &["employeetype", "2.16.840.1.113730.3.1.4"],
    &["serialnumber", "2.5.4.5"],
    &["description", "2.5.4.13"],
    &["telephonenumber", "2.5.4.20"],
    &["email", "emailaddress", "pkcs9email", "1.2.840.113549.1.9.1"],
    &["objectclass", "2.5.4.0"],
    &["entryuuid", "1.3.6.1.1.16.4"],
    &["nsuniqueid", "2.16.840.1.113730.3.1.542"],
    &["member", "2.5.4.31"],
    &["uniquemember", "2.5.4.50"],
    &["memberuid", "1.3.6.1.1.1.1.12"],
    &["memberurl", "2.16.840.1.113730.3.1.198"],
    &["uidnumber", "1.3.6.1.1.1.1.0"],
    &["gidnumber", "1.3.6.1.1.1.1.1"],
    &["objectguid", "1.2.840.113556.1.4.2"],
    &["objectsid", "1.2.840.113556.1.4.146"],
    &["samaccountname", "1.2.840.113556.1.4.221"],
    &["userprincipalname", "1.2.840.113556.1.4.656"],
    &["useraccountcontrol", "1.2.840.113556.1.4.8"],
];

/// The usual name in lower case of an attribute without options; a name that is not known stays, in lower case.
pub fn usual(name: &str) -> Cow<'static, str> {
    match aliases(name).first() {
        Some(usual) => Cow::Borrowed(usual),
        None => Cow::Owned(name.to_ascii_lowercase()),
    }
}

/// How an attribute that was asked for may come back, options aside.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    name: &'a str,
    options: &'a str,
    aliases: &'static [&'static str],
}

/// How the description of an attribute that came stands to the one that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// It is that attribute.
    Itself,
    /// It is that attribute with more options, such as a language (RFC 3866): a subtype, whose values count as well.
    Subtype,
    /// It is another one.
    Other,
}

impl<'a> Asked<'a> {
    /// An attribute description, options included.
    pub fn new(description: &'a str) -> Self {
        let (name, options) = split(description);
        Self { name, options, aliases: aliases(name) }
    }

    /// What a description in an answer is. `;binary` says how values are sent (RFC 4522), not which; a range of values
    /// (MS-ADTS 3.1.1.3.1.3.3) is never all of them.
    pub fn compare(&self, description: &str) -> Came {
        let (name, options) = split(description);
        let same = self.name.eq_ignore_ascii_case(name)
            || self.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name));
        if !same {
            return Came::Other;
        }
        if options.is_empty() && self.options.is_empty() {
            return Came::Itself;
        }
        let has = |options: &'a str, one: &str| each(options).any(|o| o.eq_ignore_ascii_case(one));
        if each(self.options).any(|one| !each(options).any(|o| o.eq_ignore_ascii_case(one))) {
            return Came::Other;
        }
        let mut more = each(options).filter(|one| !has(self.options, one)).peekable();
        if more.peek().is_none() {
            Came::Itself
        } else if more.any(|one| one.to_ascii_lowercase().starts_with("range=")) {
            Came::Other
        } else {
            Came::Subtype
        }
    }
}

/// Options that say which values.
fn each(options: &str) -> impl Iterator<Item = &str> {
    options.split(';').filter(|one| !one.is_empty() && !one.eq_ignore_ascii_case("binary"))
}

fn split(description: &str) -> (&str, &str) {
    description.split_once(';').unwrap_or((description, ""))
}

fn aliases(name: &str) -> &'static [&'static str] {
    let known = |names: &&&[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    NAMES.iter().find(known).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_an_attribute_is_the_same_one() {
        for name in ["rfc822Mailbox", "MAIL", "0.9.2342.19200300.100.1.3"] {
            assert_eq!(usual(name), "mail");
            assert_eq!(Asked::new(name).compare("mail"), Came::Itself);
            assert_eq!(Asked::new("mail").compare(name), Came::Itself);
        }
        assert_eq!(usual("ourOwnName"), "ourownname");
        assert_eq!(Asked::new("ourOwnName").compare("OurOwnName"), Came::Itself);
        assert_eq!(Asked::new("mail").compare("mailHost"), Came::Other);
    }

    #[test]
    fn options_make_subtypes_but_for_binary_and_ranges() {
        let asked = Asked::new("surname");
        for (came, how) in [
            ("sn;lang-de", Came::Subtype),
            ("sn;binary", Came::Itself),
            ("sn;lang-de;x-more", Came::Subtype),
            ("sn;range=0-1499", Came::Other),
        ] {
            assert_eq!(asked.compare(came), how, "{came}");
        }
        let german = Asked::new("sn;LANG-DE");
        assert_eq!(german.compare("surname;lang-de"), Came::Itself);
        assert_eq!(german.compare("sn;x-more;lang-de"), Came::Subtype);
        assert_eq!(german.compare("sn"), Came::Other);
        assert_eq!(german.compare("sn;lang-fr"), Came::Other);
        assert_eq!(Asked::new("member;range=0-*").compare("member;range=0-*"), Came::Itself);
    }

    #[test]
    fn no_name_is_there_twice() {
        let mut all: Vec<&str> = NAMES.iter().flat_map(|names| names.iter().copied()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(all.iter().all(|name| *name == name.to_ascii_lowercase()));
    }
}

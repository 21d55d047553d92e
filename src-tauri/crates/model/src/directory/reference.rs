//! Parts of a directory that are on another server: continuation references (RFC 4511, 4.5.3) with LDAP URLs (RFC 4516).

use crate::Dn;
use crate::directory::dn::hex_pair;

/// A sub-tree that the server does not hold, and where it is. References are never followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// As the server sent it.
    pub url: String,
    /// The top of the sub-tree; `None` where the URL names none, or is none.
    pub top: Option<Dn>,
}

impl Reference {
    /// Reads an LDAP URL. What cannot be read may be about anybody.
    pub fn from_url(url: &str) -> Self {
        Self { url: url.to_owned(), top: top(url).filter(|dn| !dn.is_root()) }
    }

    /// Whether somebody who was last seen there may be in that part.
    pub fn may_hold(&self, dn: &Dn) -> bool {
        self.top.as_ref().is_none_or(|top| dn.is_under(top) || dn.rdns().is_err())
    }
}

fn top(url: &str) -> Option<Dn> {
    let (scheme, rest) = url.split_once("://")?;
    if !["ldap", "ldaps", "ldapi"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let (_, path) = rest.split_once('/')?;
    decode(path.split('?').next()?)?.parse().ok()
}

/// Takes the percent-encoding away (RFC 3986, 2.1).
fn decode(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        bytes.push(hex_pair(part.get(..2)?)?);
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_about_what_is_below_its_name() {
        let dn = |text: &str| text.parse::<Dn>().unwrap();
        let there = Reference::from_url("ldap://h:389/OU=B%C3%BCro%20Nord,DC=x??sub");
        assert_eq!(there.top, Some(dn("OU=Büro Nord,DC=x")));
        assert!(there.may_hold(&dn("cn=a, ou=büro nord,dc=X")));
        assert!(there.may_hold(&dn("OU=Büro Nord,DC=x")));
        assert!(!there.may_hold(&dn("CN=a,OU=Nord,DC=x")));
        assert!(!there.may_hold(&dn("DC=x")));
    }

    #[test]
    fn one_without_a_name_may_be_about_anybody() {
        for url in
            ["ldap://h", "ldap://h/", "ldap://h/??sub", "http://h/DC=x", "ldap://h/%zz", "DC=x", ""]
        {
            let reference = Reference::from_url(url);
            assert_eq!(reference.top, None, "{url}");
            assert!(reference.may_hold(&Dn::from_server("CN=a,DC=y")), "{url}");
        }
    }
}

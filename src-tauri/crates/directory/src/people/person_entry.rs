//! From a directory entry to a person.

use crate::search::attribute_names::Names;
use crate::search::entry::Entry;
use connector_model::{Code, Enabled, Error, Identity, Person, Result};
use std::borrow::Cow;

/// `ADS_UF_ACCOUNTDISABLE` (MS-ADTS 2.2.16).
const ACCOUNT_DISABLED: i64 = 2;

/// Bytes of an identifier; what is longer is none, and sets of identities stay small.
const LONGEST_IDENTITY: usize = 256;

/// Reads one person; `unique_id_missing` where the entry cannot be told apart from others.
pub(crate) fn person(entry: &Entry, names: &Names) -> Result<Person> {
    let common_name = entry.text("cn");
    let mut person = Person {
        identity: identity(entry, names).ok_or_else(|| {
            let text = format!("An entry below the base has no {}.", names.unique_id.as_str());
            Error::new(Code::UniqueIdMissing, text)
        })?,
        dn: entry.dn.clone(),
        upn: names.is_ad.then(|| entry.text("userPrincipalName")).flatten(),
        login: entry.text(names.login.as_str()),
        email: None,
        other_emails: vec![],
        unusable_email: None,
        display_name: entry.text(names.display_name.as_str()).or_else(|| common_name.clone()),
        common_name,
        given_name: entry.text("givenName"),
        surname: entry.text("sn"),
        department: entry.text("department").or_else(|| entry.text("departmentNumber")),
        country: entry.text("c").or_else(|| entry.text("co")),
        title: entry.text("title"),
        enabled: if is_disabled(entry, names) { Enabled::No } else { Enabled::Yes },
    };
    person.set_emails(entry.texts(names.email.as_str()));
    Ok(person)
}

/// The stable identity of any entry: person, OU or group. Of several values the least, because their order is the
/// server's whim (RFC 4511, 4.1.7).
pub(crate) fn identity(entry: &Entry, names: &Names) -> Option<Identity> {
    let values = entry.values(names.unique_id.as_str()).into_iter();
    let value = values.filter(|v| (1..=LONGEST_IDENTITY).contains(&v.len())).min()?;
    if names.unique_id.as_str().eq_ignore_ascii_case("objectGUID") {
        return Some(Identity::from_guid_bytes(value.try_into().ok()?));
    }
    let text = match std::str::from_utf8(value) {
        Ok(text) => Cow::Borrowed(text),
        // A binary identifier of an account's own choice.
        Err(_) => Cow::Owned(value.iter().map(|b| format!("{b:02x}")).collect()),
    };
    Some(Identity::from_text(&format!("{}{text}", names.realm)))
}

fn is_disabled(entry: &Entry, names: &Names) -> bool {
    if names.is_ad {
        let control = entry.text("userAccountControl").and_then(|text| text.parse::<i64>().ok());
        return control.is_some_and(|bits| bits & ACCOUNT_DISABLED != 0);
    }
    entry.text("nsAccountLock").is_some_and(|lock| lock.eq_ignore_ascii_case("true"))
        // A lock without end (draft-behera-ldap-password-policy, 5.3.3) is how OpenLDAP disables.
        || entry.text("pwdAccountLockedTime").is_some_and(|time| time.starts_with("000001010000"))
}

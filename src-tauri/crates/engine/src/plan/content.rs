//! What of a person goes to the cloud, in a form that can be stored and compared.

use connector_model::finding;
use connector_model::{CloudPerson, Identity, Mapping, NameFrom, Person};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The fields of a person that leave the network.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Content {
    pub user_name: String,
    pub email: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub surname: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// The cloud's user name by the mapping's rule. Servers without UPN use the login name instead.
pub(crate) fn user_name(person: &Person, from: NameFrom) -> Option<&str> {
    let chosen = match from {
        NameFrom::Cn => person.common_name.as_deref(),
        NameFrom::Upn => person.upn.as_deref().or(person.login.as_deref()),
    };
    chosen.filter(|name| !name.trim().is_empty())
}

/// Makes the first address that is wanted the one that goes to the cloud; whether there was one.
pub(crate) fn prefer_email(person: &mut Person, wanted: impl FnMut(&String) -> bool) -> bool {
    let Some(at) = person.emails().position(wanted) else { return false };
    if let (Some(email), true) = (&mut person.email, at > 0) {
        std::mem::swap(email, &mut person.other_emails[at - 1]);
    }
    true
}

impl Content {
    /// Of a person who has a user name and an e-mail address; missing ones become empty.
    pub fn of(person: Person, from: NameFrom) -> Self {
        Self {
            user_name: user_name(&person, from).unwrap_or_default().to_owned(),
            email: person.email.unwrap_or_default(),
            display_name: person.display_name,
            given_name: person.given_name,
            surname: person.surname,
            department: person.department,
            country: person.country,
            title: person.title,
        }
    }

    /// Whether a name or the address looks like another one and is not.
    pub fn is_odd(&self) -> bool {
        let names = [
            Some(&self.user_name),
            self.display_name.as_ref(),
            self.given_name.as_ref(),
            self.surname.as_ref(),
            Some(&self.email),
        ];
        names.into_iter().flatten().any(|name| finding::is_odd(name))
    }

    /// What goes over the wire.
    pub fn to_cloud(&self, identity: &Identity, mapping: &Arc<Mapping>) -> CloudPerson {
        CloudPerson {
            identity: identity.clone(),
            user_name: self.user_name.clone(),
            email: self.email.clone(),
            display_name: self.display_name.clone(),
            given_name: self.given_name.clone(),
            surname: self.surname.clone(),
            department: self.department.clone(),
            country: self.country.clone(),
            title: self.title.clone(),
            mapping: mapping.clone(),
        }
    }

    /// Names of the fields that differ, for people.
    pub fn differences(&self, other: &Self) -> Vec<&'static str> {
        [
            (self.user_name != other.user_name, "user_name"),
            (self.email != other.email, "email"),
            (self.display_name != other.display_name, "display_name"),
            (self.given_name != other.given_name, "given_name"),
            (self.surname != other.surname, "surname"),
            (self.department != other.department, "department"),
            (self.country != other.country, "country"),
            (self.title != other.title, "title"),
        ]
        .into_iter()
        .filter_map(|(differs, name)| differs.then_some(name))
        .collect()
    }
}

/// 16 bytes that change when anything does that the cloud should know.
pub(crate) fn digest(content: &Content, mapping: &str) -> [u8; 16] {
    let mut hasher = Sha256::new();
    let mut field = |text: Option<&str>| {
        hasher.update(text.map_or(u64::MAX, |t| t.len() as u64).to_le_bytes());
        hasher.update(text.unwrap_or_default().as_bytes());
    };
    field(Some(mapping));
    field(Some(&content.user_name));
    field(Some(&content.email));
    for text in [
        &content.display_name,
        &content.given_name,
        &content.surname,
        &content.department,
        &content.country,
        &content.title,
    ] {
        field(text.as_deref());
    }
    let full: [u8; 32] = hasher.finalize().into();
    let mut short = [0; 16];
    short.copy_from_slice(&full[..16]);
    short
}

/// 64-bit key of a name for finding duplicates: case and width are folded. Equal names have equal keys.
pub(crate) fn key(text: &str) -> i64 {
    let hash = Sha256::digest(fold(text).as_bytes());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hash[..8]);
    i64::from_le_bytes(bytes)
}

fn fold(text: &str) -> String {
    if text.is_ascii() { text.trim().to_ascii_lowercase() } else { text.trim().to_lowercase() }
}

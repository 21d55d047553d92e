//! A person as a SCIM User (RFC 7643, section 4.1) with the connector's extension.

use connector_model::CloudPerson;
use serde::Serialize;

const CORE: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// Schema of what SCIM's own User has no place for.
pub(crate) const EXTENSION: &str = "urn:insync:params:scim:schemas:extension:connector:2.0:User";

/// The person as the cloud gets them, for `people.find`.
pub fn person_to_scim(person: &CloudPerson) -> serde_json::Value {
    serde_json::to_value(User::new(person, true, true)).unwrap_or_default()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names, reason = "the names are SCIM's")]
pub(crate) struct User<'a> {
    schemas: &'static [&'static str],
    external_id: &'a str,
    user_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Name::is_empty")]
    name: Name<'a>,
    emails: [Email<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    active: bool,
    #[serde(
        rename = "urn:insync:params:scim:schemas:extension:connector:2.0:User",
        skip_serializing_if = "Option::is_none"
    )]
    extension: Option<Extension<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Name<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family_name: Option<&'a str>,
}

impl Name<'_> {
    fn is_empty(&self) -> bool {
        self.given_name.is_none() && self.family_name.is_none()
    }
}

#[derive(Serialize)]
struct Email<'a> {
    value: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    primary: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Extension<'a> {
    mapping: &'a str,
    account: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    department: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    storage: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quota_gb: Option<u32>,
    activation_email: bool,
}

impl<'a> User<'a> {
    /// A user, active or not; with the extension where the service knows it.
    pub(crate) fn new(person: &'a CloudPerson, active: bool, extension: bool) -> Self {
        let mapping = &*person.mapping;
        Self {
            schemas: if extension { &[CORE, EXTENSION] } else { &[CORE] },
            external_id: person.identity.as_str(),
            user_name: &person.user_name,
            display_name: person.display_name.as_deref(),
            name: Name {
                given_name: person.given_name.as_deref(),
                family_name: person.surname.as_deref(),
            },
            emails: [Email { value: &person.email, kind: "work", primary: true }],
            title: person.title.as_deref(),
            active,
            extension: extension.then(|| Extension {
                mapping: &mapping.name,
                account: &mapping.account,
                department: person.department.as_deref(),
                country: person.country.as_deref(),
                profile: mapping.profile.as_deref(),
                storage: mapping.storage.as_deref(),
                quota_gb: mapping.quota_gb,
                activation_email: mapping.activation_email,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use connector_model::{Dn, Identity};
    use serde_json::{Value, json};
    use std::sync::Arc;

    #[test]
    fn the_vector_is_what_is_sent() {
        let v: Value = serde_json::from_str(include_str!("../../vectors/person.json")).unwrap();
        let mapping = json!({ "name": "Sales", "account": "corp", "base_dn": Dn::from_server("DC=x"),
            "profile": "Default", "storage": "eu-central", "quota_gb": 50 });
        let person = CloudPerson {
            identity: Identity::from_text("6f1c2a54-0b1d-4a5e-8a3e-5b7c9d1e2f30"),
            user_name: "ann@corp.example.com".into(),
            email: "ann@corp.example.com".into(),
            display_name: Some("Ann Example".into()),
            given_name: Some("Ann".into()),
            surname: Some("Example".into()),
            department: Some("Sales".into()),
            country: Some("DE".into()),
            title: Some("Engineer".into()),
            mapping: Arc::new(serde_json::from_value(mapping).unwrap()),
        };
        assert_eq!(person_to_scim(&person), v["person"]);
        let plain = serde_json::to_value(User::new(&person, true, false)).unwrap();
        assert_eq!(plain["schemas"], json!([CORE]));
        assert!(plain.get(EXTENSION).is_none());
    }
}

//! Reads people back from a SCIM service (RFC 7644, section 3.4.2), page by page. A user who cannot be read is left out;
//! a list that cannot be read to its end is an error, and never "nobody".

use crate::scim::exchange::Exchange;
use crate::scim::find::Pages;
use crate::scim::user::EXTENSION;
use crate::scim::wire::Body;
use crate::session::clock;
use connector_model::{CloudUser, Code, Error, Identity, Mapping, Result};
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashSet;
use tokio::sync::mpsc;

/// Users without an identity who are remembered.
const UNLINKED_USERS: usize = 100_000;
/// More people than any list has.
const MOST: usize = 20_000_000;

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
#[allow(clippy::struct_field_names, reason = "the names are SCIM's")]
struct User {
    id: String,
    external_id: Option<String>,
    user_name: String,
    display_name: Option<String>,
    name: Name,
    emails: Vec<Email>,
    title: Option<String>,
    active: Option<bool>,
    meta: Meta,
    #[serde(rename = "urn:insync:params:scim:schemas:extension:connector:2.0:User")]
    extension: Extension,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Name {
    given_name: Option<String>,
    family_name: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Email {
    value: String,
    primary: bool,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Meta {
    last_modified: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Extension {
    mapping: Option<String>,
    account: Option<String>,
    department: Option<String>,
    country: Option<String>,
}

impl Exchange {
    /// Streams everybody whose extension names the mapping and its account.
    pub(crate) async fn people_of(
        &self,
        mapping: &Mapping,
        pages: &mpsc::Sender<Vec<CloudUser>>,
    ) -> Result<()> {
        let name = Value::from(mapping.name.as_str());
        let mut list = Pages::of(Some(format!("{EXTENSION}:mapping eq {name}")));
        let is = |told: &Option<String>, name: &str| {
            told.as_ref().is_some_and(|told| told.to_lowercase() == name.to_lowercase())
        };
        let mine = |user: &CloudUser| {
            is(&user.account, &mapping.account) && is(&user.mapping, &mapping.name)
        };
        while let Some(users) = self.users(&mut list).await? {
            let users = users.into_iter().filter(mine).collect();
            pages.send(users).await.map_err(|_| Error::of(Code::Cancelled))?;
        }
        Ok(())
    }

    /// Streams everybody with an identity of a directory. A service that does not understand the filter tells of everybody.
    pub(crate) async fn everybody(&self, pages: &mpsc::Sender<Vec<CloudUser>>) -> Result<()> {
        let mut list = Pages::of(Some("externalId pr".to_owned()));
        let mut page = self.users(&mut list).await;
        let refused = |error: &Error| error.code == Code::CloudRefused;
        // A filter that a service does not know may also find nobody there.
        let nobody = |users: &Vec<CloudUser>| users.iter().all(|user| user.identity.is_none());
        let useless = match &page {
            Ok(users) => users.as_ref().is_none_or(nobody),
            Err(error) => refused(error),
        };
        if useless {
            list = Pages::of(None);
            let all = self.users(&mut list).await;
            // One that shows its users only by a filter has nobody of ours then.
            page = if page.is_ok() && all.as_ref().is_err_and(refused) { Ok(None) } else { all };
        }
        let mut page = page?;
        while let Some(mut users) = page {
            users.retain(|user| user.identity.is_some());
            pages.send(users).await.map_err(|_| Error::of(Code::Cancelled))?;
            page = self.users(&mut list).await?;
        }
        Ok(())
    }

    /// Everybody without an identity of a directory, [`UNLINKED_USERS`] at most.
    pub(crate) async fn unlinked_users(&self) -> Result<Vec<CloudUser>> {
        let (mut found, mut known) = (vec![], HashSet::new());
        let mut list = Pages::of(Some("not (externalId pr)".to_owned()));
        while let Some(users) = self.users(&mut list).await? {
            let room = UNLINKED_USERS.saturating_sub(found.len());
            let new = users
                .into_iter()
                .filter(|user| user.identity.is_none() && known.insert(user.cloud_id.clone()));
            found.extend(new.take(room));
        }
        Ok(found)
    }

    /// The next users of a list; `None` after the last.
    async fn users(&self, list: &mut Pages) -> Result<Option<Vec<CloudUser>>> {
        let unread = |text| Err(Error::new(Code::ProtocolViolation, text));
        match list.next(self).await? {
            Some(_) if list.seen() > MOST => unread("The service's list of users does not end."),
            Some(users) => Ok(Some(users.iter().filter_map(read).collect())),
            None if !list.is_whole() => {
                unread("The service's list of users ends before all of them were told.")
            }
            None => Ok(None),
        }
    }
}

/// A user of a list; `None` where it cannot be read.
pub(crate) fn read(value: &Value) -> Option<CloudUser> {
    let user = serde_json::from_value::<User>(without_nulls(value.clone()));
    // What the standard does not foresee is read with more patience, and then has less to tell.
    let user = user.ok().map(CloudUser::from).or_else(|| {
        let body = Body::of(value)?;
        Some(CloudUser {
            cloud_id: body.id?,
            identity: body.external_id.map(|id| Identity::from_text(&id)),
            active: body.active.unwrap_or(true),
            user_name: body.user_name?,
            email: body.emails.into_iter().next().unwrap_or_default(),
            display_name: body.display_name,
            ..CloudUser::default()
        })
    });
    let user = user.filter(|user| !user.cloud_id.is_empty());
    if user.is_none() {
        tracing::warn!("a user of the service cannot be read and is left out");
    }
    user
}

/// An attribute that is `null` has no value (RFC 7643, section 2.5).
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let kept = object.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(name, value)| (name, without_nulls(value))).collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(without_nulls).collect()),
        other => other,
    }
}

impl From<User> for CloudUser {
    fn from(user: User) -> Self {
        let primary = user.emails.iter().position(|email| email.primary).unwrap_or(0);
        let changed = user.meta.last_modified.and_then(|text| clock::from_text(&text).ok());
        Self {
            cloud_id: user.id,
            identity: user
                .external_id
                .filter(|id| !id.is_empty())
                .map(|id| Identity::from_text(&id)),
            active: user.active.unwrap_or(true),
            changed_ms: changed.unwrap_or(0),
            account: user.extension.account,
            mapping: user.extension.mapping,
            user_name: user.user_name,
            email: user
                .emails
                .into_iter()
                .nth(primary)
                .map(|email| email.value)
                .unwrap_or_default(),
            display_name: user.display_name,
            given_name: user.name.given_name,
            surname: user.name.family_name,
            department: user.extension.department,
            country: user.extension.country,
            title: user.title,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn what_was_sent_is_read_back() {
        let v: Value = serde_json::from_str(include_str!("../../vectors/person.json")).unwrap();
        let user: User = serde_json::from_value(v["person"].clone()).unwrap();
        let read = CloudUser::from(user);
        assert_eq!(read.identity.unwrap().as_str(), "6f1c2a54-0b1d-4a5e-8a3e-5b7c9d1e2f30");
        assert_eq!(
            (read.user_name.as_str(), read.email.as_str()),
            ("ann@corp.example.com", "ann@corp.example.com")
        );
        assert_eq!(
            (read.department.as_deref(), read.country.as_deref()),
            (Some("Sales"), Some("DE"))
        );
        assert_eq!(
            (read.account.as_deref(), read.mapping.as_deref()),
            (Some("corp"), Some("Sales"))
        );
        assert!(read.active);
    }

    #[test]
    fn an_odd_user_is_read_as_far_as_it_goes_or_left_out() {
        let nulls =
            serde_json::json!({ "id": "1", "userName": "ada", "emails": null, "name": null });
        assert_eq!(read(&nulls).unwrap().user_name, "ada");
        let odd =
            serde_json::json!({ "id": 2, "userName": "bob", "active": "False", "emails": ["b@x"] });
        let odd = read(&odd).unwrap();
        assert_eq!((odd.cloud_id.as_str(), odd.active, odd.email.as_str()), ("2", false, "b@x"));
        for none in ["5", "{}", r#"{"userName":"nobody"}"#, "null"] {
            assert!(read(&serde_json::from_str(none).unwrap()).is_none(), "{none}");
        }
    }
}

//! Reads people back from a SCIM service (RFC 7644, section 3.4.2), page by page.

use crate::scim::exchange::Exchange;
use crate::scim::user::EXTENSION;
use crate::session::clock;
use connector_model::{CloudUser, Code, Error, Identity, Mapping, Result};
use serde::Deserialize;
use tokio::sync::mpsc;

/// Users of one page; a service may answer fewer.
const PAGE: usize = 500;
/// Users without an identity who are remembered.
const UNLINKED_USERS: usize = 100_000;
/// More people than any list has.
const MOST: usize = 20_000_000;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    #[serde(default)]
    total_results: usize,
    #[serde(rename = "Resources", default)]
    resources: Vec<User>,
}

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
        let name = serde_json::to_string(&mapping.name).map_err(|_| Error::of(Code::Internal))?;
        let filter = format!("{EXTENSION}:mapping eq {name}");
        let mine = |user: &CloudUser| {
            user.account.as_ref().is_some_and(|account| same(account, &mapping.account))
        };
        let mut list = List::of(filter);
        while let Some(users) = list.next(self).await? {
            let users = users.into_iter().filter(mine).collect();
            pages.send(users).await.map_err(|_| Error::of(Code::Cancelled))?;
        }
        Ok(())
    }

    /// Streams everybody with an identity of a directory. A service that does not understand the filter tells of everybody.
    pub(crate) async fn everybody(&self, pages: &mpsc::Sender<Vec<CloudUser>>) -> Result<()> {
        let mut list = List::of("externalId pr".to_owned());
        let mut first = list.next(self).await;
        if first.as_ref().is_err_and(|error| error.code == Code::CloudRefused) {
            list = List::of(String::new());
            first = list.next(self).await;
        }
        let mut page = first?;
        while let Some(mut users) = page {
            users.retain(|user| user.identity.is_some());
            pages.send(users).await.map_err(|_| Error::of(Code::Cancelled))?;
            page = list.next(self).await?;
        }
        Ok(())
    }

    /// Everybody without an identity of a directory, [`UNLINKED_USERS`] at most.
    pub(crate) async fn unlinked_users(&self) -> Result<Vec<CloudUser>> {
        let mut found = vec![];
        let mut list = List::of("not (externalId pr)".to_owned());
        loop {
            match list.next(self).await {
                Ok(Some(users)) => {
                    let room = UNLINKED_USERS.saturating_sub(found.len());
                    let unlinked = users.into_iter().filter(|user| user.identity.is_none());
                    found.extend(unlinked.take(room));
                }
                Ok(None) => return Ok(found),
                // Not every service understands every filter (RFC 7644, section 3.4.2.2).
                Err(error) if error.code == Code::CloudRefused => return Ok(vec![]),
                Err(error) => return Err(error),
            }
        }
    }
}

/// The users whom a filter names, page by page.
struct List {
    filter: String,
    start: usize,
    ended: bool,
}

impl List {
    fn of(filter: String) -> Self {
        Self { filter, start: 1, ended: false }
    }

    async fn next(&mut self, service: &Exchange) -> Result<Option<Vec<CloudUser>>> {
        if self.ended {
            return Ok(None);
        }
        let page: Page = service.page(&self.filter, self.start, PAGE).await?;
        self.start += page.resources.len();
        self.ended = page.resources.is_empty() || self.start > page.total_results;
        if self.start > MOST {
            return Err(Error::new(Code::ProtocolViolation, "The service's list does not end."));
        }
        Ok(Some(page.resources.into_iter().map(CloudUser::from).collect()))
    }
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
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
}

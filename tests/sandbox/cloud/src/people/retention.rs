//! Deletes people who have been inactive for longer than the retention, while a connector of their account is connected:
//! with nobody there to bring them back, nobody is deleted.

use crate::clock;
use crate::scim::filter::Filter;
use crate::scim::schema::CONNECTOR;
use crate::state::Cloud;
use crate::store::{PeopleQuery, PersonChange, StoreResult, StoredPerson};
use serde_json::Value;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// People looked at in one step.
const PAGE: usize = 500;
/// Longest pause between two looks.
const PAUSE: Duration = Duration::from_mins(10);

/// Goes on until `stop`.
pub async fn keep(cloud: Arc<Cloud>, retention: Duration, stop: CancellationToken) {
    let pause = (retention / 4).clamp(Duration::from_millis(100), PAUSE);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        match delete(&cloud, retention).await {
            Ok(0) => {}
            Ok(people) => tracing::info!(people, "deleted after their retention"),
            Err(error) => tracing::error!(%error, "the retention was not kept"),
        }
    }
}

async fn delete(cloud: &Cloud, retention: Duration) -> StoreResult<usize> {
    let connected = accounts(cloud);
    if connected.is_empty() {
        return Ok(0);
    }
    let age = i64::try_from(retention.as_millis()).unwrap_or(i64::MAX);
    let before = clock::rfc3339(cloud.clock.now_ms().saturating_sub(age));
    let Ok(filter) =
        Filter::parse(&format!("meta.lastModified lt \"{before}\" and active eq false"))
    else {
        return Ok(0);
    };
    let (mut offset, mut deleted) = (0, 0);
    loop {
        let query = PeopleQuery { filter: Some(filter.clone()), sort: None, offset, limit: PAGE };
        let page = cloud.store.search(query, cloud.users_address()).await?.people;
        let full = page.len() == PAGE;
        let (gone, stay): (Vec<_>, Vec<_>) =
            page.into_iter().partition(|person| is_of(person, &connected));
        offset += stay.len();
        deleted += gone.len();
        // Whoever came back in this moment has another version and stays.
        let gone =
            gone.into_iter().map(|person| PersonChange::Delete(person.id, Some(person.version)));
        cloud.store.change(gone.collect(), cloud.clock.now_ms(), None).await?;
        if !full {
            return Ok(deleted);
        }
    }
}

/// Accounts of the connectors that are there, in lower case.
fn accounts(cloud: &Cloud) -> HashSet<String> {
    let links = cloud.sessions.all().into_iter().filter(|link| link.is_open());
    links.flat_map(|link| link.accounts()).map(|account| account.to_lowercase()).collect()
}

fn is_of(person: &StoredPerson, accounts: &HashSet<String>) -> bool {
    let user: Value = serde_json::from_str(&person.document).unwrap_or_default();
    let account = user[CONNECTOR]["account"].as_str();
    account.is_some_and(|account| accounts.contains(&account.to_lowercase()))
}

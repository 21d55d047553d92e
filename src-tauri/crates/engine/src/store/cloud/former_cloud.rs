//! Whom a SCIM service had when this connector left it. Whoever registers there again goes on from it: else nobody would know of
//! the people who left the directory meanwhile, and they would stay active.

use crate::store::{Store, failed};
use connector_model::Result;

/// Everything that is known of a cloud.
const FORGET: &str =
    "DELETE FROM people; DELETE FROM unfinished; DELETE FROM progress; DELETE FROM in_flight; DELETE FROM strangers;
     DELETE FROM refused; DELETE FROM loss; DELETE FROM older_state;";
/// The columns of both tables.
const WHO: &str = "identity, account, mapping, cloud_id, active, digest, dn, person, user_key, email_key, acknowledged_ms";
/// What they have there may be another by now, and is sent again.
const UNSURE: &str =
    "identity, account, mapping, cloud_id, active, CASE WHEN active THEN x'' ELSE digest END, dn, person, user_key, email_key,
     acknowledged_ms";

impl Store {
    /// Leaves the cloud. Whom it has is kept for a service that may be joined again, else forgotten.
    pub fn leave_cloud(&self, scim_url: Option<&str>) -> Result<()> {
        if scim_url.is_some() {
            // Who may be there without a sure answer is there, for all that is known.
            self.requeue_unacknowledged(None)?;
        }
        let mut connection = self.lock();
        let change = connection.transaction().map_err(failed)?;
        if let Some(url) = scim_url.map(same) {
            let keep =
                format!("INSERT INTO former_people (scim_url, {WHO}) SELECT ?1, {WHO} FROM people");
            change
                .execute("DELETE FROM former_people WHERE scim_url = ?1", [&url])
                .and_then(|_| change.execute(&keep, [&url]))
                .map_err(failed)?;
        }
        change.execute_batch(FORGET).and_then(|()| change.commit()).map_err(failed)
    }

    /// Joins a cloud: whom it had when it was left is known again. What is known of others stays for them.
    pub fn join_cloud(&self, scim_url: &str) -> Result<()> {
        let mut connection = self.lock();
        let change = connection.transaction().map_err(failed)?;
        let url = same(scim_url);
        let take_back = format!(
            "INSERT OR IGNORE INTO people ({WHO}) SELECT {UNSURE} FROM former_people WHERE scim_url = ?1"
        );
        change
            .execute(&take_back, [&url])
            .and_then(|_| change.execute("DELETE FROM former_people WHERE scim_url = ?1", [&url]))
            .and_then(|_| change.commit())
            .map_err(failed)
    }
}

/// One spelling of an address: without query and fragment, with single slashes.
fn same(url: &str) -> String {
    let path = url.trim().split(['?', '#']).next().unwrap_or_default();
    let (scheme, rest) = path.split_once("://").unwrap_or(("https", path));
    let parts: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
    format!("{scheme}://{}", parts.join("/")).to_lowercase()
}

#[cfg(test)]
mod tests {
    use crate::store::Store;
    use rusqlite::params;

    fn store_with_people(folder: &tempfile::TempDir) -> Store {
        let store = Store::open(&folder.path().join("connector.db")).unwrap();
        for (identity, active) in [("there", 1), ("left", 0)] {
            let sql = "INSERT INTO people VALUES (?1, 'corp', 'All', 'c', ?2, x'01', 'CN=a', '{\"user_name\":\"a\",\"email\":\"a@x\"}', 1, 2, 3)";
            store.lock().execute(sql, params![identity, active]).unwrap();
        }
        store
    }

    fn known(store: &Store) -> Vec<(String, i64)> {
        let connection = store.lock();
        let mut rows = connection
            .prepare("SELECT identity, length(digest) FROM people ORDER BY identity")
            .unwrap();
        let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    }

    #[test]
    fn whom_a_service_had_is_known_where_it_is_joined_again() {
        let folder = tempfile::tempdir().unwrap();
        let store = store_with_people(&folder);
        store.leave_cloud(Some("https://scim.example/v2/")).unwrap();
        assert!(known(&store).is_empty());
        // Another one was joined by mistake.
        store.join_cloud("https://other.example/v2").unwrap();
        store.leave_cloud(None).unwrap();
        store.join_cloud("https://SCIM.example//v2?x#f").unwrap();
        assert_eq!(known(&store), [("left".to_owned(), 1), ("there".to_owned(), 0)]);
        let kept: i64 = store
            .lock()
            .query_row("SELECT count(*) FROM former_people", [], |row| row.get(0))
            .unwrap();
        assert_eq!(kept, 0);
    }

    #[test]
    fn another_cloud_begins_with_nobody() {
        for (left, joined) in [
            (Some("https://scim.example/v2"), "https://other.example/v2"),
            (None, "https://scim.example/v2"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let store = store_with_people(&folder);
            store.leave_cloud(left).unwrap();
            store.join_cloud(joined).unwrap();
            assert!(known(&store).is_empty(), "{joined}");
        }
    }
}

//! Refusals that repeat: whoever guesses a thousand times within a minute makes one entry of the journal, with their number.

use super::entry::NewEntry;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;
use std::collections::HashMap;

/// From the first of them on, in milliseconds.
const TOGETHER_MS: i64 = 60_000;
/// Different refusals that are remembered at once.
const KEPT: usize = 10_000;
/// Outcomes that are no refusals: each is an entry of its own.
const WELL: [&str; 2] = ["ok", "found"];

/// The refusals of the last minute, by what is said of them.
#[derive(Default)]
pub(crate) struct Repeated {
    first: HashMap<String, First>,
}

struct First {
    id: i64,
    at_ms: i64,
}

impl Repeated {
    /// Adds an entry to the one that says the same, where there is one; whether there is.
    pub fn add(&mut self, connection: &Connection, entry: &NewEntry) -> rusqlite::Result<bool> {
        let Some(first) = same(entry).and_then(|same| self.first.get(&same)) else {
            return Ok(false);
        };
        if !(0..TOGETHER_MS).contains(&(entry.at_ms - first.at_ms)) {
            return Ok(false);
        }
        let sql = "UPDATE journal SET detail = json_set(detail, '$.times', coalesce(detail ->> '$.times', 1) + 1, '$.last_ms', ?2)
             WHERE id = ?1 RETURNING id";
        let mut update = connection.prepare_cached(sql)?;
        let there: Option<i64> =
            update.query_row(params![first.id, entry.at_ms], |row| row.get(0)).optional()?;
        Ok(there.is_some())
    }

    /// Remembers an entry that was written.
    pub fn note(&mut self, entry: &NewEntry, id: i64) {
        let Some(same) = same(entry) else { return };
        if self.first.len() >= KEPT {
            let now_ms = entry.at_ms;
            self.first.retain(|_, first| (0..TOGETHER_MS).contains(&(now_ms - first.at_ms)));
        }
        if self.first.len() < KEPT {
            self.first.insert(same, First { id, at_ms: entry.at_ms });
        }
    }

    /// Nothing is remembered: what was written may not be there.
    pub fn forget(&mut self) {
        self.first.clear();
    }
}

/// What refusals have to have in common; `None` for what is no refusal.
fn same(entry: &NewEntry) -> Option<String> {
    let often = ["sign_in", "activation"].contains(&entry.kind);
    let outcome = entry.detail["outcome"].as_str().filter(|_| often)?;
    let of = |name: &str| entry.detail[name].as_str().unwrap_or_default();
    // What a directory says of a password besides is told each time.
    let said = entry.detail.get("password").is_some_and(|password| *password != Value::Null);
    let parts = [entry.kind, &entry.subject, outcome, of("code"), of("mapping")];
    (!WELL.contains(&outcome) && !said).then(|| parts.join("\u{0}"))
}

#[cfg(test)]
mod tests {
    use crate::state::told::SignInsQuery;
    use crate::store::Store;
    use crate::store::journal::NewEntry;
    use crate::store::journal::repeated::Repeated;
    use serde_json::json;

    fn entry(at_ms: i64, subject: &str, outcome: &str) -> NewEntry {
        let detail = json!({ "outcome": outcome, "code": outcome, "mapping": null,
            "milliseconds": 4.0, "password": null });
        NewEntry { at_ms, kind: "sign_in", subject: subject.to_owned(), detail }
    }

    #[test]
    fn a_thousand_guesses_are_one_entry_with_their_number_and_charts_know_each() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("connector.db")).unwrap();
        let (mut repeated, day) = (Repeated::default(), 20_000 * 24 * 3_600_000);
        let guesses: Vec<_> = (0..1000).map(|n| entry(day + n, "", "unknown_user")).collect();
        for part in guesses.chunks(300) {
            store.write_journal(part, 0, &mut repeated).unwrap();
        }
        let others = [
            entry(day + 1000, "ann", "wrong_password"),
            entry(day + 1001, "ann", "ok"),
            entry(day + 1002, "ann", "ok"),
            entry(day + 1003, "ann", "wrong_password"),
            entry(day + 59_999, "", "unknown_user"),
            entry(day + 60_000, "", "unknown_user"),
            // The clock was set back.
            entry(day - 5, "", "unknown_user"),
        ];
        store.write_journal(&others, 0, &mut repeated).unwrap();
        let asked = SignInsQuery { limit: 100, ..SignInsQuery::default() };
        let page = store.sign_ins("sign_in", &asked).unwrap();
        let told: Vec<_> =
            page.rows.iter().map(|row| (row.at_ms - day, row.times, row.last_ms - day)).collect();
        let expected = [
            (-5, 1, -5),
            (60_000, 1, 60_000),
            (1002, 1, 1002),
            (1001, 1, 1001),
            (1000, 2, 1003),
            (0, 1001, 59_999),
        ];
        assert_eq!(told, expected);
        assert_eq!(page.counts["unknown_user"], 1003);
        assert_eq!((page.counts["wrong_password"], page.counts["ok"]), (2, 2));
        let hours = store.sign_in_hours(day).unwrap();
        assert_eq!(hours.iter().map(|hour| hour.by_outcome["unknown_user"]).sum::<u64>(), 1002);
    }
}

//! Sign-ins and activations of the journal, with the names of those whom the cloud has.

use crate::state::told::{SignInRow, SignInsPage, SignInsQuery};
use crate::store::{Store, failed, read_json};
use connector_model::{Identity, Result};
use rusqlite::{Row, params};
use serde_json::Value;
use std::collections::BTreeMap;

/// Rows of a page at most.
const PAGE: u32 = 500;
/// Outcomes of those whom nobody sent away.
const WELL: [&str; 2] = ["ok", "found"];

impl Store {
    /// Entries of that kind that match, the newest first, and how many there are of each outcome.
    pub(crate) fn sign_ins(&self, kind: &str, asked: &SignInsQuery) -> Result<SignInsPage> {
        let connection = self.reader()?;
        // Ids rise with time: what is older than asked for ends the search.
        let mut query = connection
            .prepare(
                "SELECT journal.id, at_ms, subject, detail, person, people.account FROM journal
                 LEFT JOIN people ON subject <> '' AND people.identity = subject
                 WHERE kind = ?1 AND at_ms < ?2 ORDER BY journal.id DESC",
            )
            .map_err(failed)?;
        let mut rows =
            query.query(params![kind, asked.to_ms.unwrap_or(i64::MAX)]).map_err(failed)?;
        let search = asked.search.as_deref().map(|text| text.trim().to_lowercase());
        let search = search.filter(|text| !text.is_empty());
        let mut page = SignInsPage { counts: BTreeMap::default(), rows: vec![] };
        while let Some(row) = rows.next().map_err(failed)? {
            let at_ms: i64 = row.get(1).map_err(failed)?;
            if asked.from_ms.is_some_and(|from| at_ms < from) {
                break;
            }
            let (row, searched) = sign_in(row)?;
            if search.as_ref().is_some_and(|text| !searched.to_lowercase().contains(text)) {
                continue;
            }
            *page.counts.entry(row.outcome.clone()).or_default() += row.times;
            let meant = asked.outcome.as_ref().is_none_or(|outcome| *outcome == row.outcome)
                && !(asked.failed && WELL.contains(&row.outcome.as_str()))
                && asked.before.is_none_or(|before| row.id < before);
            if meant && page.rows.len() < asked.limit.min(PAGE) as usize {
                page.rows.push(row);
            }
        }
        Ok(page)
    }

    /// The last sign-ins of somebody, the newest first.
    pub(crate) fn sign_ins_of(&self, identity: &Identity, limit: u32) -> Result<Vec<SignInRow>> {
        let connection = self.reader()?;
        let mut query = connection
            .prepare(
                "SELECT journal.id, at_ms, subject, detail, person, people.account FROM journal
                 LEFT JOIN people ON people.identity = subject
                 WHERE kind = 'sign_in' AND subject = ?1 ORDER BY journal.id DESC LIMIT ?2",
            )
            .map_err(failed)?;
        let mut rows = query.query(params![identity.as_str(), limit]).map_err(failed)?;
        let mut told = vec![];
        while let Some(row) = rows.next().map_err(failed)? {
            told.push(sign_in(row)?.0);
        }
        Ok(told)
    }
}

/// A row, and the text that is searched.
fn sign_in(row: &Row<'_>) -> Result<(SignInRow, String)> {
    let subject: String = row.get(2).map_err(failed)?;
    let document = |at: usize, what: &str| -> Result<Value> {
        let text: Option<String> = row.get(at).map_err(failed)?;
        text.map_or(Ok(Value::Null), |text| read_json(&text, what))
    };
    let detail = document(3, "an entry of the journal")?;
    let person = document(4, "what the cloud has of somebody")?;
    let text = |of: &Value, key: &str| of[key].as_str().map(str::to_owned);
    let outcome = text(&detail, "outcome").unwrap_or_default();
    let (name, user_name) = (text(&person, "display_name"), text(&person, "user_name"));
    let parts = [name.clone(), user_name.clone(), text(&person, "email")];
    let searched = parts.into_iter().flatten().collect::<Vec<_>>().join("\n");
    let at_ms = row.get(1).map_err(failed)?;
    let row = SignInRow {
        id: row.get(0).map_err(failed)?,
        at_ms,
        identity: (!subject.is_empty()).then(|| Identity::from_text(&subject)),
        name,
        user_name,
        account: row.get(5).map_err(failed)?,
        mapping: text(&detail, "mapping"),
        code: text(&detail, "code").unwrap_or_else(|| outcome.clone()),
        outcome,
        ms: detail["milliseconds"].as_f64(),
        times: detail["times"].as_u64().unwrap_or(1),
        last_ms: detail["last_ms"].as_i64().unwrap_or(at_ms),
    };
    Ok((row, searched))
}

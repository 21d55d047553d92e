//! One person of one import, as it is written.

use crate::plan::content::{Content, key};
use crate::plan::decision::Decision;
use crate::store::{failed, read_json, to_json};
use connector_model::{Change, Code, Error, Reason, Result};
use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::{Map, Value};

/// What a row needs beside its texts, with its places in the indexes.
const BESIDE: usize = 60;

/// What the cloud made of somebody who was sent.
pub(crate) struct Sent<'a> {
    pub decision: &'a Decision,
    /// The change as it turned out.
    pub change: Change,
    pub refused: Option<&'a Error>,
    pub postponed: Option<&'a Error>,
}

pub(crate) struct Row {
    identity: String,
    dn: String,
    user_name: String,
    email: String,
    pub change: Change,
    pub reason: &'static str,
    values: Option<String>,
    list: Option<String>,
    pub refused: Option<String>,
    postponed: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

impl Row {
    /// Of somebody who is left alone.
    pub fn of(decision: &Decision, change: Change) -> Self {
        Self {
            identity: decision.identity.to_string(),
            dn: decision.dn.to_string(),
            user_name: decision.content.user_name.clone(),
            email: decision.content.email.clone(),
            change,
            reason: decision.reason.kind(),
            values: values(&decision.reason),
            list: decision.needs.as_ref().map(|needs| needs.list.clone()),
            refused: None,
            postponed: None,
            before: None,
            after: None,
        }
    }

    /// Of somebody who was sent, beside what is known of them until now. Of whom nothing is known, all that was sent is what
    /// the cloud has: that is not written twice.
    pub fn sent(change: &Transaction<'_>, mapping: &str, sent: &Sent<'_>) -> Result<Self> {
        let decision = sent.decision;
        let mut row = Self::of(decision, sent.change);
        row.refused = sent.refused.map(to_json).transpose()?;
        row.postponed = sent.postponed.map(to_json).transpose()?;
        if decision.cloud_id.is_none() {
            return Ok(row);
        }
        let who = decision.former.as_ref().unwrap_or(&decision.identity);
        let known: Option<(String, String)> = change
            .prepare_cached("SELECT person, mapping FROM people WHERE identity = ?1")
            .and_then(|mut known| {
                known.query_row([who.as_str()], |row| Ok((row.get(0)?, row.get(1)?))).optional()
            })
            .map_err(failed)?;
        let Some((person, known_mapping)) = known else { return Ok(row) };
        let before: Value = read_json(&person, "what the cloud has of somebody")?;
        let mut before = object(before);
        let mut after = object(fields(&decision.content)?);
        before.insert("mapping".into(), known_mapping.into());
        after.insert("mapping".into(), mapping.into());
        let same: Vec<String> = before
            .iter()
            .filter(|(k, v)| after.get(*k) == Some(v))
            .map(|(k, _)| k.clone())
            .collect();
        for field in same {
            before.remove(&field);
            after.remove(&field);
        }
        if decision.reason == Reason::MappingChanged && sent.change == Change::Update {
            let differ = before.keys().chain(after.keys().filter(|k| !before.contains_key(*k)));
            let fields: Vec<String> = differ.cloned().collect();
            if !fields.is_empty() {
                let reason = Reason::Changed { fields };
                (row.reason, row.values) = (reason.kind(), values(&reason));
            }
        }
        row.before = (!before.is_empty()).then(|| to_json(&before)).transpose()?;
        row.after = (!after.is_empty()).then(|| to_json(&after)).transpose()?;
        Ok(row)
    }

    pub fn insert(&self, change: &Transaction<'_>, place: i64) -> Result<()> {
        change
            .prepare_cached(
                "INSERT INTO imported (place, who, identity, dn, user_name, email, change, reason, reason_values, list, refused,
                 postponed, before, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )
            .and_then(|mut insert| {
                insert.execute(params![
                    place,
                    key(&self.identity),
                    self.identity,
                    self.dn,
                    self.user_name,
                    self.email,
                    self.change.as_str(),
                    self.reason,
                    self.values,
                    self.list,
                    self.refused,
                    self.postponed,
                    self.before,
                    self.after
                ])
            })
            .map(drop)
            .map_err(failed)
    }

    /// How much room the row takes on the disk.
    pub fn bytes(&self) -> u64 {
        let always = [&self.identity, &self.dn, &self.user_name, &self.email];
        let some =
            [&self.values, &self.list, &self.refused, &self.postponed, &self.before, &self.after];
        let texts = always.into_iter().map(String::len).sum::<usize>()
            + some.into_iter().flatten().map(String::len).sum::<usize>();
        (texts + self.change.as_str().len() + self.reason.len() + BESIDE) as u64
    }
}

/// The values of a reason, where it has any.
fn values(reason: &Reason) -> Option<String> {
    let mut told = serde_json::to_value(reason).unwrap_or_default();
    let values = told.get_mut("values").map(Value::take)?;
    Some(values.to_string())
}

fn fields(content: &Content) -> Result<Value> {
    serde_json::from_str(&to_json(content)?).map_err(|_| Error::of(Code::Internal))
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

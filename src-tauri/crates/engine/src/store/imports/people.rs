//! The people of past imports, page by page.

use super::kept;
use super::runs::{WHAT, groups_of, newest_full, unknown};
use crate::state::import_rows::{AwaitingPeople, ImportedPerson, RunPeople, RunPeopleQuery};
use crate::store::{Store, failed, read_json, unreadable};
use connector_model::{
    ApprovalKind, ApprovalList, Change, Code, Dn, Error, Identity, NeededApproval, PlannedPerson,
    Result,
};
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter, types::Value};
use serde_json::json;
use std::collections::BTreeMap;

/// People in a page at most.
const PAGE: u32 = 500;
const COLUMNS: &str = "imported.identity, imported.dn, imported.user_name, imported.email, imported.change, imported.reason,
    reason_values, list, refused, postponed, before, after";

impl Store {
    /// The people of an import; `not_found` where it is not known, or no longer.
    pub(crate) fn run_people(&self, run: i64, asked: &RunPeopleQuery) -> Result<RunPeople> {
        let connection = self.reader()?;
        let groups: Option<String> = connection
            .query_row(
                "SELECT groups FROM imports WHERE id = ?1 AND record IS NOT NULL",
                [run],
                |row| row.get(0),
            )
            .optional()
            .map_err(failed)?;
        let groups = groups_of(&groups.ok_or_else(|| unknown(run))?)?;
        let (total, people) = page(&connection, &Which { run, list: None, asked })?;
        Ok(RunPeople { total, groups, people })
    }

    /// The people of the list of that kind that waits in a mapping; `not_found` where none does.
    pub(crate) fn awaiting_people(
        &self,
        mapping: &str,
        kind: ApprovalKind,
        asked: &RunPeopleQuery,
    ) -> Result<AwaitingPeople> {
        let record = self.last_import(mapping)?;
        let lists = record.map(|record| record.awaiting_approval).unwrap_or_default();
        let list = lists.into_iter().find(|list| list.kind == kind).ok_or_else(|| {
            let text = format!("No list of the mapping \"{mapping}\" waits for an approval.");
            Error::new(Code::NotFound, text)
                .with_action("Look at the status for what waits.")
                .at("mapping")
        })?;
        let connection = self.reader()?;
        let run = newest_full(&connection, mapping)?.ok_or_else(|| incomplete(&list))?;
        let which = Which { run, list: Some(&list), asked };
        let everybody = RunPeopleQuery { limit: 0, ..RunPeopleQuery::default() };
        let of_list = page(&connection, &Which { asked: &everybody, ..which })?.0;
        if of_list != list.people {
            return Err(incomplete(&list));
        }
        let (total, people) = page(&connection, &which)?;
        Ok(AwaitingPeople { list, total, people })
    }
}

/// A list is shown whole or not at all.
fn incomplete(list: &ApprovalList) -> Error {
    let text = format!("Not everybody of the list {} is kept.", list.hash);
    Error::new(Code::NotFound, text)
        .with_action("Run a preview, or import again: then the list is made anew.")
}

/// Which people of which import.
#[derive(Clone, Copy)]
struct Which<'a> {
    run: i64,
    list: Option<&'a ApprovalList>,
    asked: &'a RunPeopleQuery,
}

/// How many match, and the page of them, in the order in which they were written.
fn page(connection: &Connection, which: &Which<'_>) -> Result<(u64, Vec<ImportedPerson>)> {
    let (condition, mut values) = condition(which);
    let asked = which.asked;
    let (offset, limit) = (asked.offset, asked.limit.min(PAGE));
    let search = asked.search.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let order = format!("FROM imported WHERE {condition} ORDER BY place");
    if let Some(text) = search {
        return found(connection, &order, &values, &text.to_lowercase(), (offset, limit))
            .and_then(|(total, places)| Ok((total, at(connection, &places)?)));
    }
    let total: i64 = connection
        .prepare_cached(&format!("SELECT count(*) FROM imported WHERE {condition}"))
        .and_then(|mut count| count.query_row(params_from_iter(&values), |row| row.get(0)))
        .map_err(failed)?;
    values.extend([Value::Integer(limit.into()), Value::Integer(offset.cast_signed())]);
    let mut query =
        connection.prepare(&format!("SELECT place {order} LIMIT ? OFFSET ?")).map_err(failed)?;
    let places = query.query_map(params_from_iter(&values), |row| row.get(0)).map_err(failed)?;
    let places = places.collect::<rusqlite::Result<Vec<i64>>>().map_err(failed)?;
    Ok((total.cast_unsigned(), at(connection, &places)?))
}

/// How many have the text, and where those of the page stand. Whatever the case, in every script: so it is looked at here.
fn found(
    connection: &Connection,
    order: &str,
    values: &[Value],
    text: &str,
    (offset, limit): (u64, u32),
) -> Result<(u64, Vec<i64>)> {
    let sql = format!(
        "SELECT place, dn || char(10) || user_name || char(10) || email || char(10) || coalesce(reason_values, '') || char(10) ||
         coalesce((SELECT json_extract(person, '$.display_name') FROM people WHERE people.identity = imported.identity), '') {order}"
    );
    let mut query = connection.prepare(&sql).map_err(failed)?;
    let mut rows = query.query(params_from_iter(values)).map_err(failed)?;
    let (mut total, mut places) = (0, vec![]);
    while let Some(row) = rows.next().map_err(failed)? {
        let all = row.get_ref(1).and_then(|all| Ok(all.as_str()?)).map_err(failed)?;
        if all.to_lowercase().contains(text) {
            if total >= offset && places.len() < limit as usize {
                places.push(row.get(0).map_err(failed)?);
            }
            total += 1;
        }
    }
    Ok((total, places))
}

fn condition(which: &Which<'_>) -> (String, Vec<Value>) {
    let (first, last) = kept::places(which.run);
    let mut parts = vec!["place BETWEEN ? AND ?"];
    let mut values = vec![Value::Integer(first), Value::Integer(last)];
    let mut also = |part, value: Option<String>| {
        if let Some(value) = value {
            parts.push(part);
            values.push(Value::Text(value));
        }
    };
    also("change = ?", which.asked.change.map(|change| change.as_str().to_owned()));
    also("reason = ?", which.asked.reason_kind.clone());
    also("list = ?", which.list.map(|list| list.hash.clone()));
    if which.asked.refused {
        parts.push("refused IS NOT NULL");
    }
    (parts.join(" AND "), values)
}

/// The people at these places.
pub(in crate::store) fn at(connection: &Connection, places: &[i64]) -> Result<Vec<ImportedPerson>> {
    // Of somebody new everything that was sent is what the cloud has since, where nothing was sent after that.
    let mut query = connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS}, CASE WHEN imported.change IN ('create', 'adopt') AND before IS NULL AND after IS NULL
             AND refused IS NULL AND postponed IS NULL AND people.acknowledged_ms <= json_extract(record, '$.finished_ms')
             THEN person END, people.mapping,
             (SELECT json_extract(list.value, '$.kind') || ' ' || json_extract(list.value, '$.people')
              FROM json_each(record, '$.awaiting_approval') list WHERE json_extract(list.value, '$.hash') = imported.list),
             json_extract(person, '$.display_name')
             FROM imported JOIN imports ON imports.id = ?2
             LEFT JOIN people ON people.identity = imported.identity WHERE place = ?1"
        ))
        .map_err(failed)?;
    let people = places.iter().map(|place| {
        query.query_row([*place, kept::run_of(*place)], |row| Ok(person(row))).map_err(failed)?
    });
    people.collect()
}

fn person(row: &Row<'_>) -> Result<ImportedPerson> {
    let text = |at: usize| row.get::<_, Option<String>>(at).map_err(failed);
    let always = |at: usize| row.get::<_, String>(at).map_err(failed);
    let some = |at: usize| Ok(text(at)?.filter(|text| !text.is_empty()));
    let of_json = |at: usize| -> Result<Option<serde_json::Value>> {
        text(at)?.map(|text| read_json(&text, WHAT)).transpose()
    };
    let error = |at: usize| -> Result<Option<Error>> {
        text(at)?.map(|text| read_json(&text, "why the cloud refused somebody")).transpose()
    };
    let reason = json!({ "reason_kind": text(5)?, "values": of_json(6)? });
    let reason = serde_json::from_value(reason).map_err(|_| unreadable(WHAT))?;
    let new = fields(of_json(12)?)?.map(|mut new| -> Result<_> {
        new.insert("mapping".to_owned(), always(13)?);
        Ok(new)
    });
    Ok(ImportedPerson {
        planned: PlannedPerson {
            identity: Identity::from_text(&always(0)?),
            dn: Dn::from_server(always(1)?),
            user_name: some(2)?,
            email: some(3)?,
            name: some(15)?,
            change: Change::from_text(&always(4)?).ok_or_else(|| unreadable(WHAT))?,
            reason,
            needs: needs(text(7)?, text(14)?.as_deref())?,
            refused: error(8)?,
        },
        postponed: error(9)?,
        before: fields(of_json(10)?)?,
        after: match fields(of_json(11)?)? {
            Some(after) => Some(after),
            None => new.transpose()?,
        },
    })
}

/// The list that somebody was on, which that import told of.
fn needs(list: Option<String>, told: Option<&str>) -> Result<Option<NeededApproval>> {
    let (Some(list), Some(told)) = (list, told) else { return Ok(None) };
    let known = told.split_once(' ').and_then(|(kind, people)| {
        let kind = serde_json::from_value(json!(kind)).ok()?;
        Some(NeededApproval { kind, list, people: people.parse().ok()? })
    });
    known.map_or_else(|| Err(unreadable(WHAT)), |known| Ok(Some(known)))
}

/// The fields of a document as texts.
fn fields(document: Option<serde_json::Value>) -> Result<Option<BTreeMap<String, String>>> {
    let text = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    match document {
        None => Ok(None),
        Some(serde_json::Value::Object(fields)) => {
            Ok(Some(fields.into_iter().map(|(name, value)| (name, text(value))).collect()))
        }
        Some(_) => Err(unreadable(WHAT)),
    }
}

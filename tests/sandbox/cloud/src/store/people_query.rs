//! Searches for people. What SQL can answer exactly is answered by SQL; the rest narrows the rows
//! down as far as it can and looks at the documents.

use super::ids::Ids;
use super::people::{parse, read};
use super::{Page, PeopleQuery, StoreError, StoreResult, StoredPerson};
use crate::clock;
use crate::scim::filter::{Filter, Operator, evaluate};
use crate::scim::schema::path::AttributePath;
use crate::scim::user;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use serde_json::Value;
use std::time::{Duration, Instant};

/// A search that looks at documents may take this long.
const SCAN: Duration = Duration::from_secs(30);

/// See [`super::People::search`].
pub(super) fn search(
    connection: &Connection,
    ids: Ids,
    query: &PeopleQuery,
    location: &str,
) -> StoreResult<Page> {
    let mut params = vec![];
    let (condition, exact) = match &query.filter {
        Some(filter) => condition(filter, ids, &mut params),
        None => ("1".to_owned(), true),
    };
    let order = match &query.sort {
        None => Some("row".to_owned()),
        Some((path, down)) => column_of(path)
            .map(|column| format!("{column} IS NULL, {column} {}, row", direction(*down))),
    };
    match (exact, order) {
        (true, Some(order)) => page(connection, ids, query, &Rows { condition, params }, &order),
        _ => scan(connection, ids, query, &Rows { condition, params }, location),
    }
}

/// Which rows SQL is asked for.
struct Rows {
    condition: String,
    params: Vec<Sql>,
}

fn page(
    connection: &Connection,
    ids: Ids,
    query: &PeopleQuery,
    Rows { condition, params }: &Rows,
    order: &str,
) -> StoreResult<Page> {
    let total: i64 = connection
        .prepare_cached(&format!("SELECT count(*) FROM people WHERE {condition}"))?
        .query_row(params_from_iter(params), |row| row.get(0))?;
    let sql = format!(
        "SELECT row, version, created_ms, modified_ms, document FROM people WHERE {condition} \
         ORDER BY {order} LIMIT {} OFFSET {}",
        query.limit, query.offset
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let people = statement.query_map(params_from_iter(params), |row| read(row, ids))?;
    Ok(Page {
        total: usize::try_from(total).unwrap_or_default(),
        people: people.collect::<rusqlite::Result<_>>()?,
    })
}

fn scan(
    connection: &Connection,
    ids: Ids,
    query: &PeopleQuery,
    Rows { condition, params }: &Rows,
    location: &str,
) -> StoreResult<Page> {
    let end = Instant::now() + SCAN;
    let mut statement = connection.prepare_cached(&format!(
        "SELECT row, version, created_ms, modified_ms, document FROM people \
         WHERE {condition} ORDER BY row"
    ))?;
    let mut rows = statement.query(params_from_iter(params))?;
    let mut page = Page::default();
    let mut keyed: Vec<(Option<String>, StoredPerson)> = vec![];
    while let Some(row) = rows.next()? {
        if Instant::now() > end {
            return Err(StoreError("the search took too long".to_owned()));
        }
        let person = read(row, ids)?;
        let full = user::resource(parse(&person.document)?, &person, location);
        if query.filter.as_ref().is_some_and(|filter| !evaluate::matches(filter, &full)) {
            continue;
        }
        page.total += 1;
        if let Some((path, _)) = &query.sort {
            keyed.push((evaluate::first(&full, path).map(sort_key), person));
        } else if page.total > query.offset && page.people.len() < query.limit {
            page.people.push(person);
        }
    }
    if let Some((_, down)) = query.sort {
        // Those without a value come last (RFC 7644, section 3.4.2.3).
        keyed.sort_by(|(a, _), (b, _)| {
            let there = a.is_none().cmp(&b.is_none());
            there.then_with(|| if down { b.cmp(a) } else { a.cmp(b) })
        });
        let wanted = keyed.into_iter().skip(query.offset).take(query.limit);
        page.people = wanted.map(|(_, person)| person).collect();
    }
    Ok(page)
}

fn sort_key(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_lowercase(),
        Value::Number(number) => format!("{:020}", number.as_i64().unwrap_or_default()),
        other => other.to_string(),
    }
}

fn direction(down: bool) -> &'static str {
    if down { "DESC" } else { "ASC" }
}

/// SQL that holds for all who meet the filter, and whether only for them. It is never NULL, so that
/// it can be negated.
fn condition(filter: &Filter, ids: Ids, params: &mut Vec<Sql>) -> (String, bool) {
    match filter {
        Filter::And(a, b) => {
            let (a, exact_a) = condition(a, ids, params);
            let (b, exact_b) = condition(b, ids, params);
            (format!("({a} AND {b})"), exact_a && exact_b)
        }
        Filter::Or(a, b) => {
            let (a, exact_a) = condition(a, ids, params);
            let (b, exact_b) = condition(b, ids, params);
            (format!("({a} OR {b})"), exact_a && exact_b)
        }
        Filter::Not(inner) => {
            let before = params.len();
            let (inner, exact) = condition(inner, ids, params);
            if exact {
                return (format!("(NOT {inner})"), true);
            }
            params.truncate(before);
            everybody()
        }
        Filter::Present(path) => match column_of(path) {
            Some(column) => (format!("({column} IS NOT NULL)"), true),
            None => everybody(),
        },
        Filter::Compare(path, operator, value) => {
            comparison(path, *operator, value, ids, params).unwrap_or_else(everybody)
        }
        Filter::Element(..) => everybody(),
    }
}

fn everybody() -> (String, bool) {
    ("1".to_owned(), false)
}

fn comparison(
    path: &AttributePath,
    operator: Operator,
    value: &Value,
    ids: Ids,
    params: &mut Vec<Sql>,
) -> Option<(String, bool)> {
    let column = column_of(path)?;
    let text = value.as_str()?;
    let bound = match column {
        "row" if operator == Operator::Eq => Sql::Integer(ids.row(text).unwrap_or(-1)),
        "row" => return None,
        "created_ms" | "modified_ms" => Sql::Integer(clock::parse(text)?),
        "user_name_key" => Sql::Text(text.to_lowercase()),
        _ => Sql::Text(text.to_owned()),
    };
    let is_time = matches!(bound, Sql::Integer(_));
    params.push(bound);
    let n = params.len();
    let comparison = match operator {
        Operator::Eq => format!("{column} = ?{n}"),
        Operator::Ne => return Some((format!("({column} IS NOT ?{n})"), true)),
        Operator::Gt => format!("{column} > ?{n}"),
        Operator::Ge => format!("{column} >= ?{n}"),
        Operator::Lt => format!("{column} < ?{n}"),
        Operator::Le => format!("{column} <= ?{n}"),
        _ if is_time => {
            params.pop();
            return None;
        }
        Operator::Co => format!("instr({column}, ?{n}) > 0"),
        Operator::Sw => format!("substr({column}, 1, length(?{n})) = ?{n}"),
        Operator::Ew => {
            format!("(?{n} = '' OR substr({column}, -length(?{n})) = ?{n})")
        }
    };
    Some((format!("({column} IS NOT NULL AND {comparison})"), true))
}

/// The column that holds exactly the values of a path.
fn column_of(path: &AttributePath) -> Option<&'static str> {
    if path.extension {
        return (path.name == "mapping" && path.sub.is_none()).then_some("mapping");
    }
    match (path.name.as_str(), path.sub.as_deref()) {
        ("id", None) => Some("row"),
        ("userName", None) => Some("user_name_key"),
        ("externalId", None) => Some("external_id"),
        ("meta", Some("created")) => Some("created_ms"),
        ("meta", Some("lastModified")) => Some("modified_ms"),
        _ => None,
    }
}

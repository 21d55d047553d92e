//! The people of a plan on disk, for whoever wants to look at them page by page.

use super::failed;
use connector_model::{Change, PlannedPerson, Result};
use rusqlite::{Connection, Row, params_from_iter, types::Value};

/// Which people of a plan, and how many of them.
#[derive(Debug, Clone, Default)]
pub struct PlannedQuery {
    /// People to pass over.
    pub offset: u64,
    /// People to return at most.
    pub limit: u32,
    /// Only people of this change.
    pub change: Option<Change>,
    /// Only people on the list of this hash, which waits for an approval.
    pub list: Option<String>,
    /// Only people with this text in their DN, name, user name, e-mail or the values of their reason, whatever the case.
    pub search: Option<String>,
}

/// Everybody of one plan, in the directory's order. On disk, gone when dropped.
pub struct PlannedPeople {
    connection: Connection,
}

impl PlannedPeople {
    /// An empty list. An empty path is SQLite's temporary database: a file without a name.
    pub fn new() -> Result<Self> {
        let connection = Connection::open("").map_err(failed)?;
        connection
            .execute_batch(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -4000;
                 CREATE TABLE people (n INTEGER PRIMARY KEY, change TEXT NOT NULL, list TEXT, text TEXT NOT NULL, person TEXT NOT NULL);
                 BEGIN;",
            )
            .map_err(failed)?;
        Ok(Self { connection })
    }

    /// Appends a page.
    pub fn add(&mut self, page: &[PlannedPerson]) -> Result<()> {
        let mut insert = self
            .connection
            .prepare_cached(
                "INSERT INTO people (change, list, text, person) VALUES (?1, ?2, ?3, ?4)",
            )
            .map_err(failed)?;
        for person in page {
            let json = serde_json::to_string(person).unwrap_or_default();
            let list = person.needs.as_ref().map(|needs| &needs.list);
            let values = (person.change.as_str(), list, searched(person), json);
            insert.execute(values).map_err(failed)?;
        }
        Ok(())
    }

    /// Says that everybody is there.
    pub fn finish(&mut self) -> Result<()> {
        self.connection
            .execute_batch("COMMIT; CREATE INDEX by_change ON people (change, n); CREATE INDEX by_list ON people (list, n);")
            .map_err(failed)
    }

    /// How many people match, and the page of them.
    pub fn page(&self, query: &PlannedQuery) -> Result<(u64, Vec<PlannedPerson>)> {
        let (condition, mut values) = condition(query);
        let count = format!("SELECT count(*) FROM people WHERE {condition}");
        let total: i64 = self
            .connection
            .prepare_cached(&count)
            .and_then(|mut count| count.query_row(params_from_iter(&values), |row| row.get(0)))
            .map_err(failed)?;
        // Without a condition the place is the number itself, so that the end of a million is as near as its start.
        let everybody = values.is_empty();
        let rest =
            if everybody { "n > ? ORDER BY n LIMIT ?" } else { "1 ORDER BY n LIMIT ? OFFSET ?" };
        let (offset, limit) = (signed(query.offset), i64::from(query.limit));
        values
            .extend(if everybody { [offset, limit] } else { [limit, offset] }.map(Value::Integer));
        let select = format!("SELECT person FROM people WHERE {condition} AND {rest}");
        let mut select = self.connection.prepare_cached(&select).map_err(failed)?;
        let rows = select.query_map(params_from_iter(&values), person).map_err(failed)?;
        let people = rows.collect::<rusqlite::Result<Vec<_>>>().map_err(failed)?;
        Ok((u64::try_from(total).unwrap_or(0), people.into_iter().flatten().collect()))
    }
}

fn condition(query: &PlannedQuery) -> (String, Vec<Value>) {
    let (mut parts, mut values) = (vec!["1"], vec![]);
    if let Some(change) = query.change {
        parts.push("change = ?");
        values.push(Value::Text(change.as_str().to_owned()));
    }
    if let Some(list) = &query.list {
        parts.push("list = ?");
        values.push(Value::Text(list.clone()));
    }
    if let Some(text) = query.search.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        parts.push("instr(text, ?) > 0");
        values.push(Value::Text(text.to_lowercase()));
    }
    (parts.join(" AND "), values)
}

fn searched(person: &PlannedPerson) -> String {
    // Of the reason its values: other people, mappings, places.
    let why = serde_json::to_value(&person.reason).unwrap_or_default();
    let mut parts = vec![
        person.dn.to_string(),
        person.user_name.clone().unwrap_or_default(),
        person.email.clone().unwrap_or_default(),
        person.name.clone().unwrap_or_default(),
    ];
    collect(&why["values"], &mut parts);
    parts.join("\n").to_lowercase()
}

fn collect(value: &serde_json::Value, parts: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => parts.push(text.clone()),
        serde_json::Value::Array(members) => members.iter().for_each(|m| collect(m, parts)),
        serde_json::Value::Object(fields) => fields.values().for_each(|f| collect(f, parts)),
        _ => {}
    }
}

fn person(row: &Row<'_>) -> rusqlite::Result<Option<PlannedPerson>> {
    let json: String = row.get(0)?;
    Ok(serde_json::from_str(&json).ok())
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use connector_model::{ApprovalKind, Identity, NeededApproval, Reason};

    fn people(n: usize) -> PlannedPeople {
        let mut all = PlannedPeople::new().unwrap();
        let page: Vec<_> = (0..n)
            .map(|i| PlannedPerson {
                identity: Identity::from_text(&format!("id-{i}")),
                dn: format!("CN=Zoë {i},DC=x").parse().unwrap(),
                user_name: Some(format!("zoe{i}")),
                email: (i % 2 == 0).then(|| format!("Zoe{i}@Example.com")),
                name: None,
                change: if i % 10 == 0 { Change::Skip } else { Change::Create },
                reason: if i == 7 {
                    Reason::SameEmail { other: "CN=Twin,DC=x".to_owned() }
                } else {
                    Reason::New
                },
                needs: (i % 4 == 0).then(|| NeededApproval {
                    kind: ApprovalKind::Deactivate,
                    list: "0a".to_owned(),
                    people: 10,
                }),
                refused: None,
            })
            .collect();
        page.chunks(7).for_each(|page| all.add(page).unwrap());
        all.finish().unwrap();
        all
    }

    fn names(found: &[PlannedPerson]) -> Vec<&str> {
        found.iter().filter_map(|p| p.user_name.as_deref()).collect()
    }

    #[test]
    fn pages_follow_one_another_and_end() {
        let all = people(25);
        let page =
            |offset| all.page(&PlannedQuery { offset, limit: 10, ..Default::default() }).unwrap();
        let (total, first) = page(0);
        assert_eq!((total, first.len(), names(&first)[0]), (25, 10, "zoe0"));
        assert_eq!(names(&page(20).1), ["zoe20", "zoe21", "zoe22", "zoe23", "zoe24"]);
        assert!(page(25).1.is_empty());
    }

    #[test]
    fn change_and_text_narrow_the_list_whatever_the_case() {
        let all = people(40);
        let ask = |change, search: &str, offset| {
            let search = Some(search.to_owned());
            let query = PlannedQuery { offset, limit: 3, change, search, list: None };
            all.page(&query).unwrap()
        };
        let list = Some("0a".to_owned());
        let listed = PlannedQuery { offset: 9, limit: 3, list, ..Default::default() };
        let (total, page) = all.page(&listed).unwrap();
        assert_eq!((total, names(&page)), (10, vec!["zoe36"]));
        let (total, page) = ask(Some(Change::Skip), " ", 1);
        assert_eq!((total, names(&page)), (4, vec!["zoe10", "zoe20", "zoe30"]));
        assert_eq!(ask(None, "zoe12@example.COM", 0).0, 1);
        assert_eq!(ask(None, "ZOË 3", 0).0, 11);
        assert_eq!(ask(None, "100%_'", 0).0, 0);
        assert_eq!(names(&ask(None, "cn=twin", 0).1), ["zoe7"]);
    }
}

//! Everybody whom the cloud has or the last imports left out, as a list that is searched.

use crate::state::told::{KnownPerson, PeopleCounts, PeoplePage, PeopleQuery, PersonState};
use crate::store::imports::kept;
use crate::store::{Store, failed, read_json};
use connector_model::{Dn, Error, Identity, Result};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Value, json};
use std::collections::HashSet;

/// People of a page at most.
const PAGE: u32 = 500;
/// Where a person of a list stands.
enum Place {
    /// By identity, with the cloud's.
    Cloud(String),
    /// In an import's rows.
    Row(i64),
}

/// Everybody who matches so far.
struct Matching {
    search: String,
    asked: Option<PersonState>,
    counts: PeopleCounts,
    found: Vec<(String, PersonState, Place)>,
}

impl Matching {
    fn add(&mut self, state: PersonState, (user_name, text): (&str, &str), place: Place) {
        if !self.search.is_empty() && !text.to_lowercase().contains(&self.search) {
            return;
        }
        let count = match state {
            PersonState::Active => &mut self.counts.active,
            PersonState::Inactive => &mut self.counts.inactive,
            PersonState::Skipped => &mut self.counts.skipped,
            PersonState::Waiting => &mut self.counts.waiting,
            PersonState::Refused => &mut self.counts.refused,
        };
        *count += 1;
        if self.asked.is_none_or(|asked| asked == state) {
            self.found.push((user_name.to_lowercase(), state, place));
        }
    }
}

impl Store {
    /// A page of people by user name, and how many there are of each state. Of these mappings, and whom the cloud has of others.
    pub(crate) fn people(&self, mappings: &[&str], asked: &PeopleQuery) -> Result<PeoplePage> {
        let connection = self.reader()?;
        let search = asked.search.as_deref().unwrap_or_default().trim().to_lowercase();
        let mut all =
            Matching { search, asked: asked.state, counts: PeopleCounts::default(), found: vec![] };
        let only = asked.mapping.as_deref();
        let mut told = HashSet::new();
        for mapping in mappings.iter().filter(|mapping| only.is_none_or(|only| only == **mapping)) {
            of_last_import(&connection, mapping, &mut all, &mut told)?;
        }
        of_cloud(&connection, only, &mut all, &told)?;
        all.found.sort_by(|a, b| a.0.cmp(&b.0));
        let total = all.found.len() as u64;
        let page = all.found.iter().skip(usize::try_from(asked.offset).unwrap_or(usize::MAX));
        let people = page
            .take(asked.limit.min(PAGE) as usize)
            .filter_map(|(_, state, place)| one(&connection, *state, place).transpose());
        Ok(PeoplePage { counts: all.counts, total, people: people.collect::<Result<_>>()? })
    }
}

/// Who was left out by the last import of a mapping, waits, or is refused.
fn of_last_import(
    connection: &Connection,
    mapping: &str,
    all: &mut Matching,
    told: &mut HashSet<String>,
) -> Result<()> {
    let Some(run) = crate::store::imports::runs::newest_full(connection, mapping)? else {
        return Ok(());
    };
    let (first, last) = kept::places(run);
    let mut query = connection
        .prepare_cached(
            "SELECT place, identity, user_name, dn || char(10) || user_name || char(10) || email, change,
             EXISTS (SELECT 1 FROM refused WHERE refused.identity = imported.identity) FROM imported
             WHERE place BETWEEN ?1 AND ?2 AND (change = 'skip' OR list IS NOT NULL OR refused IS NOT NULL)",
        )
        .map_err(failed)?;
    let mut rows = query.query([first, last]).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        let text = |at: usize| {
            row.get_ref(at).ok().and_then(|text| text.as_str().ok()).unwrap_or_default()
        };
        let state = match (text(4), row.get::<_, bool>(5).map_err(failed)?) {
            ("skip", _) => PersonState::Skipped,
            ("hold", _) => PersonState::Waiting,
            (_, true) => PersonState::Refused,
            // Taken since.
            _ => continue,
        };
        told.insert(text(1).to_owned());
        all.add(state, (text(2), text(3)), Place::Row(row.get(0).map_err(failed)?));
    }
    Ok(())
}

/// Whom the cloud has, and who was not told yet.
fn of_cloud(
    connection: &Connection,
    only: Option<&str>,
    all: &mut Matching,
    told: &HashSet<String>,
) -> Result<()> {
    let mut query = connection
        .prepare_cached(
            "SELECT people.identity, json_extract(person, '$.user_name'),
             dn || char(10) || person, active, refused.identity IS NOT NULL FROM people
             LEFT JOIN refused ON refused.identity = people.identity WHERE ?1 IS NULL OR people.mapping = ?1",
        )
        .map_err(failed)?;
    let mut rows = query.query([only]).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        let text = |at: usize| {
            row.get_ref(at).ok().and_then(|text| text.as_str().ok()).unwrap_or_default()
        };
        if told.contains(text(0)) {
            continue;
        }
        let state = match (row.get::<_, bool>(4).map_err(failed)?, row.get(3).map_err(failed)?) {
            (true, _) => PersonState::Refused,
            (false, true) => PersonState::Active,
            (false, false) => PersonState::Inactive,
        };
        all.add(state, (text(1), text(2)), Place::Cloud(text(0).to_owned()));
    }
    Ok(())
}

/// All that is told of one of them.
fn one(connection: &Connection, state: PersonState, place: &Place) -> Result<Option<KnownPerson>> {
    const KNOWN: &str = "refused.error, people.acknowledged_ms";
    let person = |row: &Row<'_>| -> rusqlite::Result<_> {
        let (identity, dn, mapping): (String, String, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let error: Option<String> = row.get(3)?;
        let changed: Option<i64> = row.get(4)?;
        let texts: (Option<String>, String, Option<String>) =
            (row.get(5)?, row.get(6)?, row.get(7)?);
        Ok(((identity, dn, mapping), error, changed, texts))
    };
    let found = match place {
        Place::Cloud(identity) => connection
            .prepare_cached(&format!(
                "SELECT people.identity, dn, people.mapping, {KNOWN}, person, '', NULL FROM people
                 LEFT JOIN refused ON refused.identity = people.identity WHERE people.identity = ?1"
            ))
            .and_then(|mut query| query.query_row([identity], person).optional()),
        Place::Row(place) => connection
            .prepare_cached(&format!(
                "SELECT imported.identity, imported.dn, imports.mapping, {KNOWN},
                 json_patch(coalesce(person, '{{}}'), json_object('user_name', imported.user_name, 'email', email)), reason, reason_values
                 FROM imported JOIN imports ON imports.id = ?2 LEFT JOIN people ON people.identity = imported.identity
                 LEFT JOIN refused ON refused.identity = imported.identity WHERE place = ?1"
            ))
            .and_then(|mut query| {
                query.query_row(params![place, kept::run_of(*place)], person).optional()
            }),
    };
    let Some((who, error, changed_ms, (person, reason, values))) = found.map_err(failed)? else {
        return Ok(None);
    };
    let person: Value = serde_json::from_str(&person.unwrap_or_default()).unwrap_or_default();
    let text = |key: &str| person[key].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let values: Option<Value> = values.and_then(|values| serde_json::from_str(&values).ok());
    let error = error.map(|error| read_json::<Error>(&error, "why the cloud refused somebody"));
    Ok(Some(KnownPerson {
        identity: Identity::from_text(&who.0),
        dn: Dn::from_server(who.1),
        name: text("display_name"),
        user_name: text("user_name"),
        email: text("email"),
        mapping: who.2,
        state,
        reason: serde_json::from_value(json!({ "reason_kind": reason, "values": values })).ok(),
        refused: error.transpose()?,
        changed_ms,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    /// 100,000 people, as the cloud acknowledged them.
    fn company(people: u32) -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("connector.db")).unwrap();
        store
            .lock()
            .execute(
                "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)
                 INSERT INTO people SELECT printf('%08d-0000-4000-8000-000000000000', i), 'corp', 'All', 'cloud-' || i, i % 50 > 0, x'00',
                 printf('CN=Person %d,OU=Sales,DC=corp,DC=example,DC=com', i),
                 json_object('user_name', printf('user%06d@corp.example.com', i), 'email', printf('User%06d@example.com', i),
                 'display_name', printf('Zoë Person %d', i), 'department', 'Sales', 'title', 'Engineer'), i, i, 1 FROM n",
                [people],
            )
            .unwrap();
        (folder, store)
    }

    #[test]
    fn one_of_many_is_found_at_once_and_pages_are_in_order() {
        let (_folder, store) = company(100_000);
        let ask = |search: &str, offset| {
            let search = Some(search.to_owned());
            let query = PeopleQuery { search, offset, limit: 20, ..PeopleQuery::default() };
            let began = Instant::now();
            let page = store.people(&["All"], &query).unwrap();
            println!("{:?} \"{}\" in {:?}", page.total, query.search.unwrap(), began.elapsed());
            page
        };
        let page = ask("ZOË person 77777", 0);
        assert_eq!(
            (page.total, page.people[0].user_name.as_deref()),
            (1, Some("user077777@corp.example.com"))
        );
        let all = ask("", 99_990);
        assert_eq!((all.total, all.people.len()), (100_000, 10));
        assert_eq!((all.counts.active, all.counts.inactive), (98_000, 2_000));
        assert_eq!(all.people[9].name.as_deref(), Some("Zoë Person 99999"));
        assert_eq!(ask("user0123", 0).total, 100);
        let began = Instant::now();
        let query =
            PeopleQuery { state: Some(PersonState::Inactive), limit: 1, ..PeopleQuery::default() };
        assert_eq!(store.people(&[], &query).unwrap().total, 2_000);
        // Of a debug build; a release build is several times as fast.
        assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
    }
}

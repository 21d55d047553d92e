//! Everybody whom the cloud has or the last imports left out, as a list that is searched.

use super::look::{Key, Look, Place};
use crate::plan::content::key;
use crate::state::told::{KnownPerson, PeoplePage, PeopleQuery, PersonState};
use crate::store::imports::{kept, runs};
use crate::store::staging::bloom_set::BloomSet;
use crate::store::{Store, failed, read_json, unreadable};
use connector_model::{Dn, Error, Identity, Reason, Result};
use rusqlite::{Connection, Row, params};
use serde::Deserialize;
use serde_json::{Value, json};
use std::borrow::Cow;

/// People of a page at most.
const PAGE: u32 = 500;
/// Of whom an import's rows tell: who was left out, waits, or is refused still. Whoever is in the cloud by a mapping of higher
/// priority is left out by none.
const TOLD: &str =
    "(change = 'skip' OR list IS NOT NULL OR refused IS NOT NULL) AND (change IN ('skip', 'hold')
    OR EXISTS (SELECT 1 FROM refused WHERE refused.identity = imported.identity))
    AND NOT (reason = 'claimed' AND EXISTS (SELECT 1 FROM people WHERE people.identity = imported.identity))";
const IN_CLOUD: &str = "what the cloud has of somebody";

/// The names among what the cloud has of somebody.
#[derive(Deserialize)]
struct Names<'a> {
    #[serde(borrow)]
    user_name: Cow<'a, str>,
    #[serde(borrow)]
    email: Cow<'a, str>,
    display_name: Option<String>,
}

impl Store {
    /// A page of people by user name, and how many there are of each state. Of these mappings, and whom the cloud has of
    /// others. Memory does not grow with the people, nor with the place of the page.
    pub(crate) fn people(&self, mappings: &[&str], asked: &PeopleQuery) -> Result<PeoplePage> {
        let mut connection = self.reader()?;
        // Several looks are at one state.
        let connection = connection.transaction().map_err(failed)?;
        let search = asked.search.as_deref().unwrap_or_default().trim().to_lowercase();
        let only = asked.mapping.as_deref();
        let mut last_imports = vec![];
        for mapping in mappings.iter().filter(|mapping| only.is_none_or(|only| only == **mapping)) {
            last_imports.extend(runs::newest_full(&connection, mapping)?);
        }
        let limit = asked.limit.min(PAGE) as usize;
        let (mut skip, mut after): (u64, Option<Key>) = (asked.offset, None);
        loop {
            let room = usize::try_from(skip).unwrap_or(usize::MAX).saturating_add(limit);
            let mut look = Look::new(&search, asked.state, after.take(), room);
            let mut told = BloomSet::default();
            for run in &last_imports {
                of_import(&connection, *run, &mut look, &mut told)?;
            }
            of_cloud(&connection, only, &mut look, (&told, &last_imports))?;
            let (counts, total, kept) = (look.counts, look.total, look.room);
            let mut found = look.first();
            if kept == room || found.len() < kept || asked.offset >= total {
                let page = found.into_iter().skip(usize::try_from(skip).unwrap_or(usize::MAX));
                let people = page.take(limit).map(|(key, state)| one(&connection, state, &key.1));
                return Ok(PeoplePage { counts, total, people: people.collect::<Result<_>>()? });
            }
            found.truncate(usize::try_from(skip).unwrap_or(usize::MAX));
            skip -= found.len() as u64;
            after = found.pop().map(|(key, _)| key);
        }
    }
}

/// Who was left out by an import, waits, or is refused.
fn of_import(
    connection: &Connection,
    run: i64,
    look: &mut Look<'_>,
    told: &mut BloomSet,
) -> Result<()> {
    let (first, last) = kept::places(run);
    let mut query = connection
        .prepare_cached(&format!(
            "SELECT place, identity, dn, user_name, email, change FROM imported WHERE place BETWEEN ?1 AND ?2 AND {TOLD}"
        ))
        .map_err(failed)?;
    let mut rows = query.query([first, last]).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        let state = match text(row, 5)? {
            "skip" => PersonState::Skipped,
            "hold" => PersonState::Waiting,
            _ => PersonState::Refused,
        };
        told.note(BloomSet::hash(text(row, 1)?));
        let place = row.get(0).map_err(failed)?;
        let user_name = text(row, 3)?;
        look.add(state, [user_name, text(row, 2)?, text(row, 4)?, ""], || Place::Row(place));
    }
    Ok(())
}

/// Whom the cloud has, and of whom no import's rows tell.
fn of_cloud(
    connection: &Connection,
    only: Option<&str>,
    look: &mut Look<'_>,
    (told, last_imports): (&BloomSet, &[i64]),
) -> Result<()> {
    let mut query = connection
        .prepare_cached(
            "SELECT people.identity, dn, person, active, refused.identity IS NOT NULL FROM people
             LEFT JOIN refused ON refused.identity = people.identity WHERE ?1 IS NULL OR people.mapping = ?1",
        )
        .map_err(failed)?;
    let mut rows = query.query([only]).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        let identity = text(row, 0)?;
        if told.has(BloomSet::hash(identity)) && is_told(connection, identity, last_imports)? {
            continue;
        }
        let state = match (row.get(4).map_err(failed)?, row.get(3).map_err(failed)?) {
            (true, _) => PersonState::Refused,
            (false, true) => PersonState::Active,
            (false, false) => PersonState::Inactive,
        };
        let names: Names<'_> = read_json(text(row, 2)?, IN_CLOUD)?;
        let display_name = names.display_name.as_deref().unwrap_or_default();
        let texts = [&names.user_name, text(row, 1)?, &names.email, display_name];
        look.add(state, texts, || Place::Cloud(identity.to_owned()));
    }
    Ok(())
}

/// Whether the rows of one of these imports tell of somebody.
fn is_told(connection: &Connection, identity: &str, last_imports: &[i64]) -> Result<bool> {
    let mut query = connection
        .prepare_cached(&format!(
            "SELECT EXISTS (SELECT 1 FROM imported_who JOIN imported USING (place) WHERE imported_who.who = ?1 AND identity = ?2
             AND place BETWEEN ?3 AND ?4 AND {TOLD})"
        ))
        .map_err(failed)?;
    for run in last_imports {
        let (first, last) = kept::places(*run);
        let of = params![key(identity), identity, first, last];
        if query.query_row(of, |row| row.get(0)).map_err(failed)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn text<'a>(row: &'a Row<'_>, at: usize) -> Result<&'a str> {
    row.get_ref(at).and_then(|text| Ok(text.as_str()?)).map_err(failed)
}

/// All that is told of one of them.
fn one(connection: &Connection, state: PersonState, place: &Place) -> Result<KnownPerson> {
    const KNOWN: &str = "refused.error, people.acknowledged_ms, person";
    let read = |row: &Row<'_>| Ok(person(row, state));
    let person = match place {
        Place::Cloud(identity) => connection
            .prepare_cached(&format!(
                "SELECT people.identity, dn, people.mapping, {KNOWN}, NULL, NULL, NULL, NULL FROM people
                 LEFT JOIN refused ON refused.identity = people.identity WHERE people.identity = ?1"
            ))
            .and_then(|mut query| query.query_row([identity], read)),
        Place::Row(place) => connection
            .prepare_cached(&format!(
                "SELECT imported.identity, imported.dn, imports.mapping, {KNOWN}, imported.user_name, email, reason, reason_values
                 FROM imported JOIN imports ON imports.id = ?2 LEFT JOIN people ON people.identity = imported.identity
                 LEFT JOIN refused ON refused.identity = imported.identity WHERE place = ?1"
            ))
            .and_then(|mut query| query.query_row(params![place, kept::run_of(*place)], read)),
    };
    person.map_err(failed)?
}

fn person(row: &Row<'_>, state: PersonState) -> Result<KnownPerson> {
    let always = |at: usize| row.get::<_, String>(at).map_err(failed);
    let some = |at: usize| row.get::<_, Option<String>>(at).map_err(failed);
    let known = some(5)?;
    let names: Option<Names<'_>> =
        known.as_deref().map(|known| read_json(known, IN_CLOUD)).transpose()?;
    let (user_name, email, display_name) = names.map_or((None, None, None), |names| {
        let known = (names.user_name.into_owned(), names.email.into_owned());
        (Some(known.0), Some(known.1), names.display_name)
    });
    let error = some(3)?.map(|error| read_json::<Error>(&error, "why the cloud refused somebody"));
    let filled = |text: &String| !text.is_empty();
    Ok(KnownPerson {
        identity: Identity::from_text(&always(0)?),
        dn: Dn::from_server(always(1)?),
        name: display_name.filter(filled),
        user_name: some(6)?.or(user_name).filter(filled),
        email: some(7)?.or(email).filter(filled),
        mapping: always(2)?,
        state,
        reason: some(8)?.map(|kind| reason(&kind, some(9)?)).transpose()?,
        refused: error.transpose()?,
        changed_ms: row.get(4).map_err(failed)?,
    })
}

fn reason(kind: &str, values: Option<String>) -> Result<Reason> {
    let values: Option<Value> = values.map(|values| read_json(&values, runs::WHAT)).transpose()?;
    let reason = json!({ "reason_kind": kind, "values": values });
    serde_json::from_value(reason).map_err(|_| unreadable(runs::WHAT))
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
        for offset in [9_990, 10_000, 25_555] {
            // Behind what one look keeps.
            let page = ask("", offset);
            let names: Vec<_> = page.people.iter().filter_map(|p| p.user_name.clone()).collect();
            let wanted = (offset..offset + 20).map(|n| format!("user{n:06}@corp.example.com"));
            assert_eq!(names, wanted.collect::<Vec<_>>());
        }
        assert!(ask("", 100_000).people.is_empty());
        assert_eq!(ask("user0123", 0).total, 100);
        assert_eq!(
            ask("display_name", 0).total,
            0,
            "what is searched are names, not how they are kept"
        );
        let began = Instant::now();
        let query =
            PeopleQuery { state: Some(PersonState::Inactive), limit: 1, ..PeopleQuery::default() };
        assert_eq!(store.people(&[], &query).unwrap().total, 2_000);
        // Of a debug build; a release build is several times as fast.
        assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
    }
}

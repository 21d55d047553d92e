//! The staging area of one plan: people of a read, on disk, so that memory does not grow with the directory.
//! It is thrown away afterwards; nothing in it needs to survive a crash.

use super::bloom_set::BloomSet;
use super::duplicates;
use super::kept_area::Area;
use super::staged::{staged, standing};
use super::tables::{self, ABSENT, ABSENT_OF_THESE, UNPROVEN};
use crate::plan::content::{Content, digest, key};
use crate::plan::standing::{Adoption, SkipReason, Staged, Standing};
use crate::store::{Again, Store, failed};
use connector_model::{Dn, Finding, FindingKind, Identity, Mapping, NameFrom, Person, Result};
use rusqlite::{Connection, OptionalExtension, Statement, named_params, params};
use std::collections::HashMap;

/// Staging of one mapping's read.
#[allow(clippy::struct_excessive_bools, reason = "each switches a part of the queries")]
pub(crate) struct Staging {
    area: Area,
    mapping: Mapping,
    has_known: bool,
    has_claims: bool,
    /// Only those in `only_these` are read and planned.
    partial: bool,
    identities: BloomSet,
    names: [BloomSet; 2],
    /// Somebody may have a name that another one has.
    has_suspects: bool,
    odd: Examples,
    unusable_emails: Examples,
    last_turn: u32,
    /// Whatever the server shows is right, as an administrator says.
    pub takes_the_directory_for_right: bool,
    /// Identifiers are given by administrators, not by the server.
    pub has_own_identifiers: bool,
    pub read: u64,
}

impl Staging {
    /// An empty area beside the database.
    pub fn create(store: &Store, mapping: &Mapping) -> Result<Self> {
        let area = store.areas().take()?;
        let known = "SELECT EXISTS (SELECT 1 FROM main_store.people)";
        let has_known = area.connection.query_row_again(known, [], |row| row.get(0));
        let has_known = has_known.map_err(failed)?;
        area.run("BEGIN")?;
        Ok(Self {
            area,
            mapping: mapping.clone(),
            has_known,
            has_claims: false,
            partial: false,
            identities: BloomSet::default(),
            names: Default::default(),
            has_suspects: false,
            odd: Examples::default(),
            unusable_emails: Examples::default(),
            last_turn: 0,
            takes_the_directory_for_right: false,
            has_own_identifiers: false,
            read: 0,
        })
    }

    /// Ends the plan in good order: the area is of use to the next one.
    pub fn end(self, store: &Store) {
        store.areas().hand_on(self.area);
    }

    /// Says that only these people are read, besides those who were named before.
    pub fn only(&mut self, identities: &[Identity]) -> Result<()> {
        self.partial = true;
        let mut insert = self
            .area
            .connection
            .prepare_cached("INSERT OR IGNORE INTO only_these VALUES (?1)")
            .map_err(failed)?;
        for identity in identities {
            insert.execute([identity.as_str()]).map_err(failed)?;
        }
        Ok(())
    }

    /// Notes that a mapping of higher priority has these people.
    pub fn claim(&mut self, people: &[Person], by: &str) -> Result<()> {
        self.has_claims |= !people.is_empty();
        let mut insert = self
            .area
            .connection
            .prepare_cached("INSERT OR IGNORE INTO claims (identity, mapping) VALUES (?1, ?2)")
            .map_err(failed)?;
        for person in people {
            insert.execute(params![person.identity.as_str(), by]).map_err(failed)?;
        }
        Ok(())
    }

    /// Takes a page of people. Claims must be there before.
    pub fn add(&mut self, people: Vec<Person>) -> Result<()> {
        self.read += people.len() as u64;
        self.area.make_room(self.read)?;
        let prepare = |sql| self.area.connection.prepare_cached(sql).map_err(failed);
        let mut insert = prepare(
            "INSERT INTO staged VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?;
        let mut claimed = prepare("SELECT mapping FROM claims WHERE identity = ?1")?;
        let mut suspect = prepare("INSERT OR IGNORE INTO suspects VALUES (?1, ?2)")?;
        let mut repeated = prepare("INSERT OR IGNORE INTO repeated VALUES (?1)")?;
        for mut person in people {
            if !person.other_emails.is_empty() {
                self.choose_email(&mut person)?;
            }
            let owner: Option<String> = if self.has_claims {
                claimed
                    .query_row([person.identity.as_str()], |row| row.get(0))
                    .optional()
                    .map_err(failed)?
            } else {
                None
            };
            let unfit = SkipReason::of(&person, self.mapping.name_from, owner.is_some());
            let (identity, dn) = (person.identity.clone(), person.dn.clone());
            let unusable = person.unusable_email.take();
            let content = Content::of(person, self.mapping.name_from);
            let keys = [key(&content.user_name), key(&content.email)];
            if content.is_odd() {
                self.odd.note(&dn);
            }
            if unusable.is_some() {
                self.unusable_emails.note(&dn);
            }
            if self.identities.note(BloomSet::hash(identity.as_str())) {
                repeated.execute([identity.as_str()]).map_err(failed)?;
            }
            if unfit.is_none() {
                for ((kind, key), seen) in (0i64..).zip(keys).zip(&mut self.names) {
                    if seen.note(key.cast_unsigned()) {
                        self.has_suspects = true;
                        suspect.execute([kind, key]).map_err(failed)?;
                    }
                }
            }
            let other = if unfit == Some(SkipReason::UnusableEmail) { unusable } else { owner };
            let values = (unfit, keys, other);
            insert_row(&mut insert, &self.mapping.name, (&identity, &dn, &content), values)?;
        }
        Ok(())
    }

    /// Ends the read.
    pub fn finish(&mut self) -> Result<()> {
        self.area.run("COMMIT")?;
        if self.has_known { self.area.index() } else { Ok(()) }
    }

    /// Marks those who have the same name as somebody else who was read, or whom another mapping has.
    pub fn mark_duplicates(&self) -> Result<()> {
        let elsewhere = self.has_known.then_some(self.mapping.name.as_str());
        duplicates::mark_duplicates(self.connection(), self.has_suspects, elsewhere).map_err(failed)
    }

    /// Finds out who of those whom the cloud does not know is somebody whom it has, and who has to wait for whom. What is
    /// proven of those who were not read must be there before.
    pub fn link(&mut self) -> Result<()> {
        self.match_reused_identities()?;
        self.match_former_users()?;
        if self.has_known {
            self.mark_names_of_unproven()?;
            duplicates::mark_names_of_absent(self.connection(), &self.mapping.name)
                .map_err(failed)?;
        }
        self.match_unlinked_users()?;
        self.find_turns()
    }

    /// How many people stand how: enough to count a plan without looking at anybody.
    pub fn standings(&self) -> Result<HashMap<Standing, u64>> {
        let sql = if self.has_known {
            "SELECT s.unfit, p.active, p.digest = s.digest, p.cloud_id <> '', a.how FROM staged s
             LEFT JOIN main_store.people p ON p.identity = s.identity
             LEFT JOIN adoptions a ON a.identity = s.identity"
        } else {
            "SELECT s.unfit, NULL, NULL, NULL, a.how FROM staged s
             LEFT JOIN adoptions a ON a.identity = s.identity"
        };
        let mut query = self.connection().prepare_cached(sql).map_err(failed)?;
        let mut rows = query.query([]).map_err(failed)?;
        let mut all = HashMap::new();
        while let Some(row) = rows.next().map_err(failed)? {
            *all.entry(standing(row).map_err(failed)?).or_insert(0) += 1;
        }
        Ok(all)
    }

    /// Whom the cloud has as active and who is disabled now or, if asked for, was not read and is not found in any
    /// mapping; in order of identity, with whether that is in doubt.
    pub fn for_each_removal(&self, absent: bool, mut visit: impl FnMut(&str, bool)) -> Result<()> {
        if !self.has_known {
            return Ok(());
        }
        let sql = format!(
            "SELECT s.identity, 0 FROM staged s JOIN main_store.people p ON p.identity = s.identity AND p.active
             WHERE s.unfit = :disabled UNION ALL SELECT p.identity, EXISTS (SELECT 1 FROM proofs v
             WHERE v.identity = p.identity AND v.verdict = {UNPROVEN}) {absent} AND :absent
             AND p.identity IN (SELECT identity FROM proofs WHERE verdict IN {REMOVING}) ORDER BY 1",
            absent = self.absent(),
            REMOVING = tables::REMOVING
        );
        let mut query = self.connection().prepare_cached(&sql).map_err(failed)?;
        let values = named_params! {
            ":disabled": SkipReason::Disabled.number(), ":mapping": self.mapping.name, ":absent": absent
        };
        let mut rows = query.query(values).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let in_doubt = row.get(1).map_err(failed)?;
            visit(row.get_ref(0).and_then(|text| Ok(text.as_str()?)).map_err(failed)?, in_doubt);
        }
        Ok(())
    }

    /// Remembers where people are now whom the cloud has: after a rename above them nothing else changed.
    pub fn note_places(&self) -> Result<()> {
        if !self.has_known {
            return Ok(());
        }
        // An entry with somebody else's identity is at a place of its own.
        let own = format!(
            "s.unfit <> {} AND NOT EXISTS (SELECT 1 FROM adoptions a WHERE a.identity = s.identity AND a.how = {})",
            SkipReason::SameIdentity.number(),
            Adoption::Reused.number()
        );
        let sql = format!(
            "UPDATE main_store.people SET dn = (SELECT s.dn FROM staged s WHERE s.identity = people.identity AND {own})
             WHERE identity IN (SELECT s.identity FROM staged s JOIN main_store.people p ON p.identity = s.identity AND p.dn <> s.dn
                WHERE {own})"
        );
        self.connection().execute_again(&sql, []).map(drop).map_err(failed)
    }

    /// Hands out everybody who was read and whose turn it is, one after the other; without a turn, everybody.
    pub fn for_each(
        &self,
        turn: Option<u32>,
        mut visit: impl FnMut(Staged) -> Result<()>,
    ) -> Result<()> {
        let content = format!(
            "CASE WHEN s.unfit = {} AND p.active THEN p.person END",
            SkipReason::Disabled.number()
        );
        let known = if self.has_known {
            (
                "p.cloud_id, p.active, p.digest = s.digest, p.mapping",
                &*content,
                "LEFT JOIN main_store.people p ON p.identity = s.identity",
            )
        } else {
            ("NULL, NULL, NULL, NULL", "NULL", "")
        };
        let (parked, whose) = match turn {
            None => ("0", ""),
            Some(0) if self.last_turn == 0 => ("0", ""),
            Some(0) => (
                "EXISTS (SELECT 1 FROM turns t WHERE t.identity = s.identity)",
                "WHERE NOT EXISTS (SELECT 1 FROM turns t WHERE t.identity = s.identity AND NOT t.parked)",
            ),
            Some(_) => ("0", "WHERE s.identity IN (SELECT identity FROM turns WHERE turn = :turn)"),
        };
        let sql = format!(
            "SELECT s.*, {}, a.how, a.cloud_id, a.other, a.former, {parked}, {} FROM staged s {}
             LEFT JOIN adoptions a ON a.identity = s.identity {whose} ORDER BY s.rowid",
            known.0, known.1, known.2
        );
        let mut query = self.connection().prepare_cached(&sql).map_err(failed)?;
        let mut rows = match turn.filter(|turn| *turn > 0) {
            Some(turn) => query.query(named_params! { ":turn": turn }),
            None => query.query([]),
        }
        .map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            visit(staged(row).map_err(failed)?)?;
        }
        Ok(())
    }

    /// Active people of `:mapping` who should have been read and were not, as `p`.
    pub(crate) fn absent(&self) -> &'static str {
        if self.partial { ABSENT_OF_THESE } else { ABSENT }
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.area.connection
    }

    /// The last turn in which somebody is sent.
    pub fn last_turn(&self) -> u32 {
        self.last_turn
    }

    pub(crate) fn set_last_turn(&mut self, turn: u32) {
        self.last_turn = turn;
    }

    /// Who was seen to be odd while people came in.
    pub(crate) fn seen(&self) -> [(FindingKind, &Examples); 2] {
        [
            (FindingKind::OddCharacters, &self.odd),
            (FindingKind::UnusableEmail, &self.unusable_emails),
        ]
    }

    pub(crate) fn mapping_name(&self) -> &str {
        &self.mapping.name
    }

    pub(crate) fn name_from(&self) -> NameFrom {
        self.mapping.name_from
    }

    pub(crate) fn account(&self) -> &str {
        &self.mapping.account
    }

    pub(crate) fn is_partial(&self) -> bool {
        self.partial
    }

    pub(crate) fn has_known(&self) -> bool {
        self.has_known
    }
}

/// How many, and the DNs of the first.
#[derive(Default)]
pub(crate) struct Examples {
    pub count: u64,
    pub dns: Vec<String>,
}

impl Examples {
    fn note(&mut self, dn: &Dn) {
        self.count += 1;
        if self.dns.len() < Finding::EXAMPLES {
            self.dns.push(dn.to_string());
        }
    }
}

type RowValues = (Option<SkipReason>, [i64; 2], Option<String>);

fn insert_row(
    insert: &mut Statement<'_>,
    mapping: &str,
    (identity, dn, content): (&Identity, &Dn, &Content),
    (unfit, keys, owner): RowValues,
) -> Result<()> {
    insert
        .execute(params![
            unfit.map_or(0, SkipReason::number),
            keys[0],
            keys[1],
            &digest(content, mapping)[..],
            identity.as_str(),
            dn.as_str(),
            content.user_name,
            content.email,
            content.display_name,
            content.given_name,
            content.surname,
            content.department,
            content.country,
            content.title,
            owner
        ])
        .map(drop)
        .map_err(failed)
}

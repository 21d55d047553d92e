//! Absence is no proof. Everybody whom the cloud has and the read did not show is looked up by identity, wherever it is
//! now, before the plan is made; what is found decides, and what cannot be decided is held.

use crate::blocking::blocking;
use crate::plan::reasons;
use crate::ports::Directory;
use crate::store::staging::area::Staging;
use crate::store::staging::verdicts::Verdict;
use connector_model::{Dn, Error, History, Identity, Mapping, Person, Reason, Result};
use std::collections::{HashMap, HashSet};

/// People looked up at once.
const CHUNK: usize = 100;
/// Containers whose answer is kept.
const CONTAINERS: usize = 10_000;

/// Looks everybody up who is absent. An error: the directory could not be asked, so nothing is proven of anybody.
pub(crate) async fn prove(
    directory: &dyn Directory,
    mapping: &Mapping,
    others: &[Mapping],
    history: History,
    mut staging: Staging,
) -> Result<(Staging, Option<Error>)> {
    let doubt = match history {
        History::GoesOn => None,
        History::OtherServer => Some(Reason::OtherServer),
        History::Older => Some(Reason::OlderState),
    };
    let mut prover = Prover { directory, mapping, others, doubt, readable: HashMap::new() };
    let mut after = String::new();
    loop {
        let from = after.clone();
        let (back, absent) = blocking(move || {
            let absent = staging.absent_after(&from, CHUNK)?;
            Ok((staging, absent))
        })
        .await?;
        staging = back;
        let Some((last, _)) = absent.last() else { return Ok((staging, None)) };
        last.as_str().clone_into(&mut after);
        match prover.verdicts(&absent).await {
            Err(error) => return Ok((staging, Some(error))),
            Ok(verdicts) => {
                staging = blocking(move || {
                    staging.note_verdicts(&verdicts)?;
                    Ok(staging)
                })
                .await?;
            }
        }
    }
}

struct Prover<'a> {
    directory: &'a dyn Directory,
    mapping: &'a Mapping,
    others: &'a [Mapping],
    /// Why this server's word is not enough.
    doubt: Option<Reason>,
    /// Whether somebody can be read in a container.
    readable: HashMap<String, bool>,
}

impl Prover<'_> {
    async fn verdicts(&mut self, absent: &[(Identity, Dn)]) -> Result<Vec<(Identity, Verdict)>> {
        let identities: Vec<Identity> =
            absent.iter().map(|(identity, _)| identity.clone()).collect();
        let found = self.directory.find_identities(&identities).await?;
        let there: HashSet<&Identity> = found.iter().map(|person| &person.identity).collect();
        let gone: Vec<&(Identity, Dn)> =
            absent.iter().filter(|(identity, _)| !there.contains(identity)).collect();
        let mut verdicts = self.gone(&gone).await?;
        verdicts.extend(self.elsewhere(&found).await?);
        Ok(verdicts)
    }

    /// Nobody of that identity can be read. That is a deletion where the server shows what is left of the entry, or
    /// where its neighbours can still be read: then it is not the bind account that lost its rights.
    async fn gone(&mut self, gone: &[&(Identity, Dn)]) -> Result<Vec<(Identity, Verdict)>> {
        if gone.is_empty() {
            return Ok(vec![]);
        }
        let identities: Vec<Identity> = gone.iter().map(|(identity, _)| identity.clone()).collect();
        let tombstones = self.directory.tombstones(&identities).await?;
        let mut verdicts = Vec::with_capacity(gone.len());
        for (identity, dn) in gone {
            let verdict = if tombstones.contains(identity) {
                Verdict::Deleted
            } else if let Some(doubt) = &self.doubt {
                Verdict::Doubted(doubt.clone())
            } else if self.neighbours_of(dn).await? {
                Verdict::Deleted
            } else {
                Verdict::Unproven(out_of_sight(dn))
            };
            verdicts.push((identity.clone(), verdict));
        }
        Ok(verdicts)
    }

    async fn neighbours_of(&mut self, dn: &Dn) -> Result<bool> {
        let Some(container) = dn.parent() else { return Ok(false) };
        let key = container.key();
        if let Some(known) = self.readable.get(&key) {
            return Ok(*known);
        }
        let readable = self.directory.has_people(&container).await?;
        if self.readable.len() >= CONTAINERS {
            self.readable.clear();
        }
        self.readable.insert(key, readable);
        Ok(readable)
    }

    /// They exist, outside the mapping: in another one, or in none for a reason that can be told.
    async fn elsewhere(&self, found: &[Person]) -> Result<Vec<(Identity, Verdict)>> {
        let mut open: Vec<&Person> = found.iter().collect();
        let mut verdicts = Vec::with_capacity(open.len());
        for other in self.others {
            let inside = self.inside(other, &open).await?;
            let moves = Verdict::Moves(other.name.clone());
            open.retain(|person| {
                let stays = !inside.contains(&person.identity);
                if !stays {
                    verdicts.push((person.identity.clone(), moves.clone()));
                }
                stays
            });
        }
        for (only, reason) in criteria(self.mapping) {
            let inside = self.inside(&only, &open).await?;
            open.retain(|person| {
                let holds = inside.contains(&person.identity);
                if !holds {
                    let verdict = match &self.doubt {
                        Some(doubt) => Verdict::DoubtedElsewhere(doubt.clone()),
                        None => Verdict::Left(reason(person, self.mapping)),
                    };
                    verdicts.push((person.identity.clone(), verdict));
                }
                holds
            });
        }
        // In the mapping after all: it came back, or moved while it was read.
        verdicts.extend(open.iter().map(|person| (person.identity.clone(), Verdict::Back)));
        Ok(verdicts)
    }

    async fn inside(&self, mapping: &Mapping, people: &[&Person]) -> Result<HashSet<Identity>> {
        if people.is_empty() {
            return Ok(HashSet::new());
        }
        let identities: Vec<Identity> = people.iter().map(|p| p.identity.clone()).collect();
        let inside = self.directory.find_in_scope(mapping, &identities).await?;
        Ok(inside.into_iter().map(|person| person.identity).collect())
    }
}

/// Where somebody was last is not known after the cloud told of them.
fn out_of_sight(dn: &Dn) -> Reason {
    match dn.parent() {
        Some(parent) if !dn.is_root() => Reason::OutOfSight { place: parent.to_string() },
        _ => Reason::NeverSeen,
    }
}

type Explain = fn(&Person, &Mapping) -> Reason;

/// The mapping cut down to one criterion at a time, with what it means when somebody does not meet it. The whole comes
/// last: whatever is left to tell.
fn criteria(mapping: &Mapping) -> Vec<(Mapping, Explain)> {
    let bare = Mapping {
        units: vec![],
        groups: vec![],
        department: vec![],
        country: vec![],
        filter: None,
        conditions: None,
        ..mapping.clone()
    };
    let with = |change: &dyn Fn(&mut Mapping)| {
        let mut only = bare.clone();
        change(&mut only);
        only
    };
    let mut list: Vec<(Mapping, Explain)> = vec![(bare.clone(), reasons::left_base)];
    let mut add = |given: bool, only: Mapping, reason: Explain| {
        if given {
            list.push((only, reason));
        }
    };
    add(
        !mapping.units.is_empty(),
        with(&|m| m.units.clone_from(&mapping.units)),
        reasons::left_units,
    );
    add(
        !mapping.groups.is_empty(),
        with(&|m| m.groups.clone_from(&mapping.groups)),
        reasons::left_groups,
    );
    add(
        !mapping.department.is_empty(),
        with(&|m| m.department.clone_from(&mapping.department)),
        reasons::left_department,
    );
    add(
        !mapping.country.is_empty(),
        with(&|m| m.country.clone_from(&mapping.country)),
        reasons::left_country,
    );
    add(
        mapping.filter.is_some(),
        with(&|m| m.filter.clone_from(&mapping.filter)),
        reasons::left_filter,
    );
    add(
        mapping.conditions.is_some(),
        with(&|m| m.conditions.clone_from(&mapping.conditions)),
        reasons::left_conditions,
    );
    list
}

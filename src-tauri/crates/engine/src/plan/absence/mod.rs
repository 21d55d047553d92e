//! Absence is no proof. Everybody whom the cloud has and the read did not show is looked up by identity, wherever it is
//! now, before the plan is made. Somebody is gone where that can be seen, and outside the mapping where a criterion was seen
//! to fail; what cannot be decided is held.

mod other_mapping;

pub(crate) use other_mapping::{Elsewhere, OtherMapping};

use crate::blocking::blocking;
use crate::plan::reasons;
use crate::ports::Directory;
use crate::store::staging::area::Staging;
use crate::store::staging::verdicts::Verdict;
use connector_model::{
    Criterion, Dn, Error, History, Identity, Judgement, Mapping, Occupant, Person, Reason,
    Reference, Result,
};
use std::collections::{HashMap, HashSet};

/// People looked up at once.
const CHUNK: usize = 100;
/// Containers whose answer is kept.
const CONTAINERS: usize = 10_000;

/// What the read tells of those whom it did not show.
pub(crate) struct Evidence<'a> {
    /// All other mappings, of this account and of others.
    pub others: &'a [OtherMapping],
    pub history: History,
    /// Parts of the directory that are on another server.
    pub elsewhere: &'a [Reference],
}

/// Looks everybody up who is absent, and then whoever is inactive and may be somebody who was read. An error: the directory could not be asked, so nothing is proven of anybody.
pub(crate) async fn prove(
    directory: &dyn Directory,
    mapping: &Mapping,
    evidence: Evidence<'_>,
    mut staging: Staging,
) -> Result<(Staging, Option<Error>)> {
    let doubt = match evidence.history {
        History::GoesOn => None,
        History::OtherServer => Some(Reason::OtherServer),
        History::Older => Some(Reason::OlderState),
    };
    let (back, shared) = blocking(move || {
        staging.note_waiting_links();
        let shared = staging.shared_identities()?;
        Ok((staging, shared))
    })
    .await?;
    staging = back;
    let (held, linked, readable) = (HashSet::new(), HashMap::new(), HashMap::new());
    let mut prover = Prover { directory, mapping, evidence, doubt, held, linked, shared, readable };
    for next in [Staging::absent_after, Staging::former_after] {
        let mut after = String::new();
        loop {
            let from = after.clone();
            let (back, people, held, linked) = blocking(move || {
                let people = next(&staging, &from, CHUNK)?;
                let held = staging.of_an_older_state(&people)?;
                let linked = staging.waiting_links(&people)?;
                Ok((staging, people, held, linked))
            })
            .await?;
            (staging, prover.held, prover.linked) = (back, held, linked);
            let Some((last, _)) = people.last() else { break };
            last.as_str().clone_into(&mut after);
            match prover.verdicts(&people).await {
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
    Ok((staging, None))
}

struct Prover<'a> {
    directory: &'a dyn Directory,
    mapping: &'a Mapping,
    evidence: Evidence<'a>,
    /// Why this server's word is not enough.
    doubt: Option<Reason>,
    /// Of those who are looked at, who was missing in an older state of the server: it is not up to date only because
    /// something was written there since, as to a restored backup. Nobody has said that it is right.
    held: HashSet<Identity>,
    /// Of those who are looked at, whose new entry another mapping has read, where linking it waits for an approval.
    linked: HashMap<Identity, String>,
    /// Identities that several entries have: which of them is whose is a mistake that the directory will mend.
    shared: HashSet<Identity>,
    /// Whether somebody can be read in a container.
    readable: HashMap<String, bool>,
}

impl Prover<'_> {
    async fn verdicts(&mut self, absent: &[(Identity, Dn)]) -> Result<Vec<(Identity, Verdict)>> {
        let identities: Vec<Identity> =
            absent.iter().map(|(identity, _)| identity.clone()).collect();
        let seen = self.directory.judge(self.mapping, &identities).await?;
        let there: HashSet<&Identity> = seen.iter().map(|(person, _)| &person.identity).collect();
        let gone: Vec<&(Identity, Dn)> =
            absent.iter().filter(|(identity, _)| !there.contains(identity)).collect();
        let mut verdicts = self.gone(&gone).await?;
        let places = absent.iter().map(|(identity, dn)| (identity, dn)).collect();
        verdicts.extend(self.outside_the_mapping(&seen, &places).await?);
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
        let (elsewhere, unsaid) = self.seen_by_other_accounts(gone).await?;
        let mut verdicts = Vec::with_capacity(gone.len());
        for (identity, dn) in gone {
            let verdict = if let Some(mapping) = self.waiting_mapping(identity) {
                Verdict::Moves(mapping.to_owned())
            } else if tombstones.contains(identity) {
                Verdict::Deleted
            } else if let Some(mapping) = elsewhere.get(identity) {
                Verdict::Moves(mapping.clone())
            } else {
                match (self.unseen(identity, dn).await?, unsaid.get(identity)) {
                    (Verdict::Deleted, Some(mapping)) => may_belong_to(mapping),
                    (verdict, _) => verdict,
                }
            };
            verdicts.push((identity.clone(), verdict));
        }
        Ok(verdicts)
    }

    /// Whom another account can see, which may have other rights, in one of its mappings, and in which; and for whom that mapping's
    /// directory does not say so.
    async fn seen_by_other_accounts(
        &self,
        gone: &[&(Identity, Dn)],
    ) -> Result<(HashMap<Identity, String>, HashMap<Identity, String>)> {
        let (mut seen, mut unsaid) = (HashMap::new(), HashMap::new());
        for other in self.evidence.others.iter().filter(|other| other.elsewhere.is_some()) {
            let asked = gone.iter().filter(|(_, dn)| !dn.is_root() && other.may_have(dn));
            let asked: Vec<(Identity, Dn)> = asked.map(|one| (*one).clone()).collect();
            let name = &other.mapping.name;
            match other.members(self.directory, &asked).await? {
                Some(inside) => seen.extend(inside.into_iter().map(|who| (who, name.clone()))),
                None => unsaid.extend(asked.into_iter().map(|(who, _)| (who, name.clone()))),
            }
        }
        Ok((seen, unsaid))
    }

    /// The other mapping that is to have somebody under a new identity.
    fn waiting_mapping(&self, identity: &Identity) -> Option<&str> {
        let mapping = self.linked.get(identity)?;
        let mut others = self.evidence.others.iter().map(|other| &other.mapping.name);
        others.find(|name| *name == mapping).map(String::as_str)
    }

    /// Why this server's word on somebody is not enough.
    fn doubt_of(&self, identity: &Identity) -> Option<Reason> {
        let held = || self.held.contains(identity).then_some(Reason::OlderState);
        self.doubt.clone().or_else(held)
    }

    /// Nothing but the place where somebody was is left to look at.
    async fn unseen(&mut self, identity: &Identity, dn: &Dn) -> Result<Verdict> {
        let doubt = self.doubt_of(identity).map(Verdict::Doubted);
        let on_other_server = |url| Verdict::Unproven(Reason::OnOtherServer { url });
        let part = self.evidence.elsewhere.iter().find(|part| part.may_hold(dn));
        let part = part.map(|part| on_other_server(part.url.clone()));
        if dn.is_root() {
            let unproven = part.unwrap_or_else(|| Verdict::Unproven(out_of_sight(dn)));
            return Ok(doubt.unwrap_or(unproven));
        }
        Ok(match (self.directory.who_is_at(dn).await?, doubt) {
            // May be the person, whatever server this is: nobody else takes over their user.
            (Occupant::Unknown, _) => {
                Verdict::Undecided(Reason::Undecided { criterion: Criterion::Identity })
            }
            (Occupant::Known(other), _) if self.shared.contains(&other) => {
                Verdict::Undecided(Reason::Undecided { criterion: Criterion::Identity })
            }
            (Occupant::Known(other), _) if other == *identity => Verdict::Back,
            (_, Some(doubt)) => doubt,
            (Occupant::OnOtherServer(url), None) => part.unwrap_or_else(|| on_other_server(url)),
            (_, None) if let Some(part) = part => part,
            _ if self.neighbours_of(dn).await? => Verdict::Deleted,
            _ => Verdict::Unproven(out_of_sight(dn)),
        })
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

    /// They exist, and were at `places`: in another mapping, or outside this one for a reason that can be told, or neither can be told.
    async fn outside_the_mapping(
        &self,
        seen: &[(Person, Judgement)],
        places: &HashMap<&Identity, &Dn>,
    ) -> Result<Vec<(Identity, Verdict)>> {
        let mut open: Vec<&(Person, Judgement)> = seen.iter().collect();
        let mut verdicts = Vec::with_capacity(open.len());
        let mut unsaid = HashMap::new();
        for other in self.evidence.others {
            // Another server may have them where they were, still.
            let was = |person: &Person| places.get(&person.identity).copied();
            let may_have = |person: &Person| {
                other.may_have(&person.dn) || was(person).is_some_and(|dn| other.may_have(dn))
            };
            let asked = open.iter().filter(|(person, _)| may_have(person));
            let asked = asked.map(|(person, _)| (person.identity.clone(), person.dn.clone()));
            let asked: Vec<(Identity, Dn)> = asked.collect();
            let mapping = other.mapping.name.clone();
            let Some(inside) = other.members(self.directory, &asked).await? else {
                unsaid.extend(asked.into_iter().map(|(who, _)| (who, mapping.clone())));
                continue;
            };
            let moves = Verdict::Moves(mapping);
            open.retain(|(person, _)| {
                let stays = !inside.contains(&person.identity);
                if !stays {
                    verdicts.push((person.identity.clone(), moves.clone()));
                }
                stays
            });
        }
        let doubtful = self.perhaps_in_others(&open).await?;
        for (person, judgement) in open {
            let undecided = |criterion| Verdict::Undecided(Reason::Undecided { criterion });
            let doubt = self.doubt_of(&person.identity);
            let verdict = match (judgement, doubtful.get(&person.identity), doubt) {
                // In the mapping after all: it came back, or moved while it was read.
                (Judgement::Meets, ..) => Verdict::Back,
                (Judgement::Undecided(criterion), ..) | (_, Some(criterion), _) => {
                    undecided(*criterion)
                }
                (_, None, Some(doubt)) => Verdict::DoubtedElsewhere(doubt),
                (Judgement::Fails(_), None, None) if unsaid.contains_key(&person.identity) => {
                    may_belong_to(&unsaid.remove(&person.identity).unwrap_or_default())
                }
                (Judgement::Fails(criterion), None, None) => {
                    Verdict::Left(reasons::left(*criterion, person, self.mapping))
                }
            };
            verdicts.push((person.identity.clone(), verdict));
        }
        Ok(verdicts)
    }

    /// Of those who left the mapping, whom another one may have without the directory saying so.
    async fn perhaps_in_others(
        &self,
        open: &[&(Person, Judgement)],
    ) -> Result<HashMap<Identity, Criterion>> {
        let left = open.iter().filter(|(_, judgement)| matches!(judgement, Judgement::Fails(_)));
        let left: Vec<(Identity, Dn)> =
            left.map(|(person, _)| (person.identity.clone(), person.dn.clone())).collect();
        let mut doubtful = HashMap::new();
        for other in self.evidence.others {
            let left: Vec<Identity> = left
                .iter()
                .filter(|(_, dn)| other.may_have(dn))
                .map(|(who, _)| who.clone())
                .collect();
            if left.is_empty() {
                continue;
            }
            let judged = other.judge(self.directory, &left).await?;
            for (person, judgement) in judged.unwrap_or_default() {
                if let Judgement::Undecided(criterion) = judgement {
                    doubtful.insert(person.identity, criterion);
                }
            }
        }
        Ok(doubtful)
    }
}

/// Another account's directory does not say whether its mapping has somebody.
fn may_belong_to(mapping: &str) -> Verdict {
    Verdict::Undecided(Reason::MayBelongTo { mapping: mapping.to_owned() })
}

/// Where somebody was last is not known after the cloud told of them.
fn out_of_sight(dn: &Dn) -> Reason {
    match dn.parent() {
        Some(parent) if !dn.is_root() => Reason::OutOfSight { place: parent.to_string() },
        _ => Reason::NeverSeen,
    }
}

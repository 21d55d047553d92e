//! Another mapping that may have somebody: of the same account, or of one that reads the same directory in another way.

use crate::ports::Directory;
use connector_model::{Dn, Identity, Judgement, Mapping, Person, Result};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The directory of another account: that it does not answer stops no import of this one.
pub(crate) struct Elsewhere {
    /// `None`: it cannot even be asked.
    pub directory: Option<Arc<dyn Directory>>,
    /// Administrators fill the attribute by which it, or this account, tells people apart: only who is at the same place is the
    /// same person.
    pub by_place: bool,
    /// It did not answer once, and is not waited for again.
    pub silent: AtomicBool,
}

/// Another mapping.
pub(crate) struct OtherMapping {
    pub mapping: Mapping,
    /// Has a higher priority.
    pub comes_first: bool,
    /// Of another account.
    pub elsewhere: Option<Arc<Elsewhere>>,
}

impl OtherMapping {
    /// Whether somebody at that place may belong to it.
    pub fn may_have(&self, dn: &Dn) -> bool {
        self.elsewhere.is_none() || dn.is_under(&self.mapping.base_dn)
    }

    /// Who of these people belongs to it; `None` where another account's directory does not say. `own`: this account's.
    pub async fn members(
        &self,
        own: &dyn Directory,
        people: &[(Identity, Dn)],
    ) -> Result<Option<HashSet<Identity>>> {
        if people.is_empty() {
            return Ok(Some(HashSet::new()));
        }
        let identities: Vec<Identity> =
            people.iter().map(|(identity, _)| identity.clone()).collect();
        let found = match self.directory(own) {
            Asked::Own(directory) => directory.find_in_scope(&self.mapping, &identities).await?,
            Asked::Others(directory, of) => {
                match directory.find_in_scope(&self.mapping, &identities).await {
                    Ok(found) => of.same(found, people),
                    Err(_) => return Ok(of.is_silent()),
                }
            }
            Asked::Nobody => return Ok(None),
        };
        Ok(Some(found.into_iter().map(|person| person.identity).collect()))
    }

    /// Who of these people is not seen to have left it; `None` where another account's directory does not say.
    pub async fn keeps(
        &self,
        own: &dyn Directory,
        people: &[(Identity, Dn)],
    ) -> Result<Option<HashSet<Identity>>> {
        if self.elsewhere.as_ref().is_some_and(|elsewhere| elsewhere.by_place) {
            return self.members(own, people).await;
        }
        let identities: Vec<Identity> =
            people.iter().map(|(identity, _)| identity.clone()).collect();
        let judged = self.judge(own, &identities).await?;
        let stays = |(_, judged): &(Person, Judgement)| !matches!(judged, Judgement::Fails(_));
        let all = judged.map(|judged| judged.into_iter().filter(stays));
        Ok(all.map(|all| all.map(|(person, _)| person.identity).collect()))
    }

    /// What it says of these people; `None` where another account's directory does not say.
    pub async fn judge(
        &self,
        own: &dyn Directory,
        identities: &[Identity],
    ) -> Result<Option<Vec<(Person, Judgement)>>> {
        match self.directory(own) {
            Asked::Own(directory) => directory.judge(&self.mapping, identities).await.map(Some),
            // Nobody says where these people are.
            Asked::Others(_, of) if of.by_place => Ok(None),
            Asked::Others(directory, of) => {
                match directory.judge(&self.mapping, identities).await {
                    Ok(judged) => Ok(Some(judged)),
                    Err(_) => Ok(of.is_silent()),
                }
            }
            Asked::Nobody => Ok(None),
        }
    }

    fn directory<'a>(&'a self, own: &'a dyn Directory) -> Asked<'a> {
        let Some(elsewhere) = &self.elsewhere else { return Asked::Own(own) };
        match &elsewhere.directory {
            Some(directory) if !elsewhere.silent.load(Ordering::Relaxed) => {
                Asked::Others(&**directory, elsewhere)
            }
            _ => Asked::Nobody,
        }
    }
}

enum Asked<'a> {
    Own(&'a dyn Directory),
    Others(&'a dyn Directory, &'a Elsewhere),
    Nobody,
}

impl Elsewhere {
    fn is_silent<T>(&self) -> Option<T> {
        self.silent.store(true, Ordering::Relaxed);
        None
    }

    /// Who of those found is one of `people`.
    fn same(&self, mut found: Vec<Person>, people: &[(Identity, Dn)]) -> Vec<Person> {
        let is_one = |person: &Person| {
            people
                .iter()
                .any(|(identity, dn)| *identity == person.identity && dn.key() == person.dn.key())
        };
        if self.by_place {
            found.retain(is_one);
        }
        found
    }
}

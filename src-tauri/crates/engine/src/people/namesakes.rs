//! Who is meant by a typed name: one person or nobody, over all mappings of all accounts, and the same person to whom the
//! last import gave the name.

use crate::blocking::blocking;
use crate::plan::content::{Content, key, user_name};
use crate::ports::{Directories, Directory};
use crate::store::Store;
use crate::store::cloud::people::Acknowledged;
use connector_model::settings::{Settings, same_name};
use connector_model::{Code, Error, Identity, Mapping, Named, Person, Result, UserName};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Once somebody is found in one directory, another one that does not answer is waited for no longer.
const PATIENCE: Duration = Duration::from_secs(1);

/// Somebody of a typed name, in the first mapping that covers them.
pub(crate) struct Candidate<'a> {
    pub mapping: &'a Mapping,
    pub directory: Arc<dyn Directory>,
    pub person: Person,
    /// What the cloud has of them.
    pub known: Option<Content>,
    named: Named,
}

/// Who is meant.
pub(crate) enum Meant<'a> {
    Nobody,
    One(Box<Candidate<'a>>),
    /// Which of several cannot be told.
    Several,
    /// Somebody whom the cloud does not have, because another user there has their name or address.
    LeftOut(Box<Candidate<'a>>),
}

/// A directory that could not be asked: its account, and why.
type Failure = (String, Error);

/// Looks in every mapping. Somebody in several belongs to the first that is `wanted`, else to the first. A failure counts
/// where nobody was found, or whose name it is in the cloud was not; of a name without a domain also where nobody has it there.
pub(crate) async fn meant<'a>(
    settings: &'a Settings,
    directories: &dyn Directories,
    store: &Store,
    user: &UserName,
    wanted: impl Fn(&Mapping) -> bool,
) -> Result<Meant<'a>, Failure> {
    let (found, failure) = search(settings, directories, user).await;
    let mut candidates: Vec<Candidate<'a>> = vec![];
    for one in found {
        let identity = &one.person.identity;
        match candidates.iter_mut().find(|known| known.person.identity == *identity) {
            None => candidates.push(one),
            Some(known) if !wanted(known.mapping) && wanted(one.mapping) => *known = one,
            Some(_) => {}
        }
    }
    let failure = match failure {
        // Of a part of those who have a name nobody can be told to be the only one.
        Some(failure) if candidates.is_empty() || failure.1.code == Code::IncompleteRead => {
            return Err(failure);
        }
        None if candidates.is_empty() => return Ok(Meant::Nobody),
        failure => failure,
    };
    let typed = match user {
        UserName::AtDomain(name) | UserName::Plain(name) => key(name),
        UserName::Down { user, .. } => key(user),
    };
    let holders = holders(store, typed, &candidates).await;
    // Whose name it is may be in the directory that could not be asked: nobody else is meant meanwhile.
    let found = holder_found(typed, &candidates, &holders);
    let elsewhere = found.map_or(matches!(user, UserName::Plain(_)), |found| !found);
    if let Some(failure) = failure.filter(|_| elsewhere) {
        return Err(failure);
    }
    Ok(match decide(typed, candidates, &holders) {
        Meant::One(one) if has_identity_of_another(settings, &one, &holders).await? => {
            Meant::LeftOut(one)
        }
        meant => meant,
    })
}

/// Whether those who have the name in the cloud are among the candidates; `None` where nobody has it there.
fn holder_found(
    typed: i64,
    candidates: &[Candidate<'_>],
    holders: &[Acknowledged],
) -> Option<bool> {
    let named = |known: &&Acknowledged| {
        key(&known.content.user_name) == typed || key(&known.content.email) == typed
    };
    let found =
        |known: &Acknowledged| candidates.iter().any(|one| one.person.identity == known.identity);
    let mut named = holders.iter().filter(named).peekable();
    named.peek()?;
    Some(named.all(found))
}

/// Whether the cloud's user of that identity was made of another entry: of one of several that have it, or of one that had
/// other names too. Only an attribute of the account's own choice can be given twice, or to somebody else later.
async fn has_identity_of_another(
    settings: &Settings,
    one: &Candidate<'_>,
    holders: &[Acknowledged],
) -> Result<bool, Failure> {
    let account = settings.accounts.iter().find(|a| same_name(&a.name, &one.mapping.account));
    if account.is_none_or(|account| !account.attributes.has_own_identifier()) {
        return Ok(false);
    }
    let identity = &one.person.identity;
    let place = one.person.dn.key();
    if let Some(known) = holders.iter().find(|known| known.identity == *identity) {
        if known.dn.key() == place {
            return Ok(false);
        }
        if !one.has_a_name_of(known) {
            return Ok(true);
        }
    }
    let seen = one.directory.judge(one.mapping, std::slice::from_ref(identity)).await;
    let seen = seen.map_err(|error| (one.mapping.account.clone(), error))?;
    Ok(seen.iter().filter(|(person, _)| person.identity == *identity).count() > 1)
}

/// Everybody of that name, in order of the mappings. Accounts are asked side by side.
async fn search<'a>(
    settings: &'a Settings,
    directories: &dyn Directories,
    user: &UserName,
) -> (Vec<Candidate<'a>>, Option<Failure>) {
    let mut accounts: Vec<Vec<(usize, &Mapping)>> = vec![];
    for mapping in settings.mappings.iter().enumerate() {
        let same = |known: &&mut Vec<(usize, &Mapping)>| {
            same_name(&known[0].1.account, &mapping.1.account)
        };
        match accounts.iter_mut().find(same) {
            Some(known) => known.push(mapping),
            None => accounts.push(vec![mapping]),
        }
    }
    let mut searches: FuturesUnordered<_> =
        accounts.into_iter().map(|mappings| search_account(directories, mappings, user)).collect();
    let (mut found, mut failure, mut end) = (vec![], None, None);
    loop {
        let next = match end {
            None => searches.next().await,
            Some(end) => tokio::time::timeout_at(end, searches.next()).await.unwrap_or_default(),
        };
        let Some((some, failed)) = next else { break };
        found.extend(some);
        failure = failure.or(failed);
        if !found.is_empty() {
            end.get_or_insert(Instant::now() + PATIENCE);
        }
    }
    found.sort_by_key(|(place, _)| *place);
    (found.into_iter().map(|(_, candidate)| candidate).collect(), failure)
}

async fn search_account<'a>(
    directories: &dyn Directories,
    mappings: Vec<(usize, &'a Mapping)>,
    user: &UserName,
) -> (Vec<(usize, Candidate<'a>)>, Option<Failure>) {
    let (mut found, mut failure) = (vec![], None);
    for (place, mapping) in mappings {
        let people = async {
            let directory = directories.open(&mapping.account)?;
            let people = directory.find_in_mapping(mapping, user).await?;
            Ok::<_, Error>((directory, people))
        };
        match people.await {
            Err(error) => failure = failure.or(Some((mapping.account.clone(), error))),
            Ok((directory, people)) => found.extend(people.into_iter().map(|one| {
                let (directory, person, named) = (directory.clone(), one.person, one.named);
                (place, Candidate { mapping, directory, person, named, known: None })
            })),
        }
    }
    (found, failure)
}

/// Who in the cloud is one of them, or has a name or address of theirs. Without a database nobody is known, as before the
/// first import.
async fn holders(store: &Store, typed: i64, candidates: &[Candidate<'_>]) -> Vec<Acknowledged> {
    let identities: Vec<Identity> =
        candidates.iter().map(|one| one.person.identity.clone()).collect();
    let mut keys = vec![typed];
    for one in candidates {
        keys.extend(one.user_name());
        keys.extend(one.emails());
    }
    let store = store.clone();
    let known = blocking(move || store.active_holders(&identities, &keys)).await;
    known.unwrap_or_else(|error| {
        tracing::warn!(%error, "who has a name in the cloud is not known");
        vec![]
    })
}

/// Those whom the cloud has come before others, a user name before an e-mail address, and whoever has the name in the cloud
/// before people who only share it.
fn decide<'a>(
    typed: i64,
    mut candidates: Vec<Candidate<'a>>,
    holders: &[Acknowledged],
) -> Meant<'a> {
    if candidates.iter().any(|one| one.in_cloud(holders).is_some()) {
        candidates.retain(|one| one.in_cloud(holders).is_some());
    } else {
        let (out, rest): (Vec<_>, Vec<_>) =
            candidates.into_iter().partition(|one| one.is_left_out(holders));
        candidates = rest;
        if candidates.is_empty() {
            return out
                .into_iter()
                .next()
                .map_or(Meant::Nobody, |one| Meant::LeftOut(Box::new(one)));
        }
    }
    let best = candidates.iter().map(|one| one.named).max();
    candidates.retain(|one| Some(one.named) == best);
    let holds = |one: &Candidate<'_>| {
        one.in_cloud(holders).is_some_and(|known| match one.named {
            Named::ByUserName | Named::ByImplicitUpn => key(&known.content.user_name) == typed,
            Named::ByEmail => key(&known.content.email) == typed,
        })
    };
    if candidates.len() > 1 && candidates.iter().filter(|one| holds(one)).count() == 1 {
        candidates.retain(holds);
    }
    match candidates.len() {
        1 => candidates.pop().map_or(Meant::Nobody, |mut one| {
            one.known = one.in_cloud(holders).map(|known| known.content.clone());
            Meant::One(Box::new(one))
        }),
        _ => Meant::Several,
    }
}

impl Candidate<'_> {
    /// What the cloud has of the person: known by identity, or by place where the entry was made anew.
    fn in_cloud<'h>(&self, holders: &'h [Acknowledged]) -> Option<&'h Acknowledged> {
        let by_identity = holders.iter().find(|known| known.identity == self.person.identity);
        by_identity.or_else(|| {
            let place = self.person.dn.key();
            holders.iter().find(|known| known.dn.key() == place)
        })
    }

    /// Whether the cloud cannot have the person, because others there have the user name, or every address.
    fn is_left_out(&self, holders: &[Acknowledged]) -> bool {
        let taken = |key_of: fn(&Acknowledged) -> &str, wanted: i64| {
            holders.iter().any(|known| key(key_of(known)) == wanted)
        };
        let mut emails = self.emails().peekable();
        self.user_name().is_some_and(|name| taken(|k| &k.content.user_name, name))
            || (emails.peek().is_some() && emails.all(|email| taken(|k| &k.content.email, email)))
    }

    /// Whether the user name or an e-mail address is what the cloud has.
    fn has_a_name_of(&self, known: &Acknowledged) -> bool {
        self.user_name() == Some(key(&known.content.user_name))
            || self.emails().any(|email| email == key(&known.content.email))
    }

    fn user_name(&self) -> Option<i64> {
        user_name(&self.person, self.mapping.name_from).map(key)
    }

    fn emails(&self) -> impl Iterator<Item = i64> {
        self.person.emails().map(|email| key(email))
    }
}

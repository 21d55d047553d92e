//! Streams the people of a mapping, page by page, and says whether that was everybody.

use crate::client::Parts;
use crate::entry::Entry;
use crate::membership::{self, Members};
use crate::names::Names;
use crate::person_entry;
use crate::scope;
use crate::search::{self, Query, Sink};
use connector_model::{Code, Dn, Error, Mapping, Person, ReadSummary, Result};
use tokio::sync::mpsc;

pub(crate) async fn read(
    parts: &Parts<'_>,
    mapping: &Mapping,
    pages: mpsc::Sender<Vec<Person>>,
) -> Result<ReadSummary> {
    let scope = scope::compile(parts, mapping).await?;
    let members = if scope.groups.is_empty() {
        None
    } else {
        let bases = &parts.root.bases;
        Some(
            membership::read(
                parts.pool,
                &scope.groups,
                bases,
                mapping.nested_groups,
                parts.limits.operation,
            )
            .await?,
        )
    };
    if members.as_ref().is_some_and(|m| m.len() == 0) {
        return Ok(ReadSummary { read: 0, incomplete: None });
    }
    let mut reader = Reader {
        names: parts.names,
        members,
        disabled: false,
        page: vec![],
        pages,
        read: 0,
        nameless: 0,
        first_nameless: None,
    };
    let attributes = parts.names.person_attributes();
    let mut incomplete = None;
    // One connection for the whole read: cookies of paged results belong to it.
    let mut lease = parts.pool.lease(false).await?;
    for base in &scope.bases {
        for (filter, disabled) in scope::enabled_split(&scope.filter, parts.names) {
            reader.disabled = disabled;
            let query = Query {
                base,
                scope: search::Scope::Subtree,
                filter: &filter,
                attributes: &attributes,
            };
            let limits = (parts.limits.page_size, parts.limits.page);
            let end = search::stream(&mut lease, &query, limits, &mut reader).await;
            let end = match end {
                // A pooled connection that died in the meantime says nothing about the server.
                Ok(Some(error))
                    if error.code == Code::ConnectionLost && lease.reused && reader.read == 0 =>
                {
                    lease = parts.pool.lease(true).await?;
                    search::stream(&mut lease, &query, limits, &mut reader).await
                }
                end => end,
            };
            match end.map_err(|e| base_error(e, base, mapping))? {
                None => {}
                Some(error) => incomplete = incomplete.or(Some(error)),
            }
        }
    }
    if incomplete.is_none() {
        lease.give_back();
    }
    Ok(ReadSummary { read: reader.read, incomplete: incomplete.or_else(|| reader.unreadable()) })
}

/// A base that is gone is the mapping's base, or one of its units.
fn base_error(error: Error, base: &Dn, mapping: &Mapping) -> Error {
    match error.code {
        Code::BaseNotFound if base.key() != mapping.base_dn.key() => {
            Error::new(Code::ScopeMissing, format!("{base} no longer exists in the directory."))
        }
        Code::BaseNotFound => Error::new(
            Code::BaseNotFound,
            format!("The base DN {base} does not exist, or may not be read."),
        )
        .at("base_dn"),
        _ => error,
    }
}

struct Reader<'a> {
    names: &'a Names,
    members: Option<Members>,
    /// Whether this part of the read is about people whom the account's rule calls disabled.
    disabled: bool,
    page: Vec<Person>,
    pages: mpsc::Sender<Vec<Person>>,
    read: u64,
    /// Entries that cannot be told apart, and the first of them.
    nameless: u64,
    first_nameless: Option<Dn>,
}

impl Reader<'_> {
    /// Why the read is not complete although the server sent everything.
    fn unreadable(&self) -> Option<Error> {
        let (first, unique) = (self.first_nameless.as_ref()?, self.names.unique_id.as_str());
        let text = match self.nameless {
            1 => format!("{first} has no {unique}."),
            n => format!("{n} entries have no {unique}, the first is {first}."),
        };
        let action = format!(
            "Leave them out by the mapping's filter, for example ({unique}=*), or name another attribute that identifies a person."
        );
        Some(Error::new(Code::UniqueIdMissing, text).with_action(action))
    }
}

#[async_trait::async_trait]
impl Sink for Reader<'_> {
    fn entry(&mut self, entry: &Entry) {
        let Ok(mut person) = person_entry::person(entry, self.names) else {
            // Somebody who cannot be told apart may be anybody: the read does not count as complete.
            self.nameless += 1;
            self.first_nameless.get_or_insert_with(|| entry.dn.clone());
            return;
        };
        person.disabled |= self.disabled;
        let member = |m: &Members| m.contains(&person.dn, person.login.as_deref());
        if self.members.as_ref().is_none_or(member) {
            self.page.push(person);
        }
    }

    async fn page_end(&mut self) -> Result<()> {
        let people = std::mem::take(&mut self.page);
        self.read += people.len() as u64;
        if people.is_empty() {
            return Ok(());
        }
        self.pages.send(people).await.map_err(|_| Error::of(Code::Cancelled))
    }
}

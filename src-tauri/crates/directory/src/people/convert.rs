//! Turns entries into people on a task of its own, so that the next page is already on its way.

use crate::context::DirectoryContext;
use crate::people::enabled::Ruling;
use crate::people::judge::left_out;
use crate::people::person_entry;
use crate::scope::compile::Scope;
use crate::scope::members::Members;
use crate::search::attribute_names::Names;
use crate::search::entry::Entry;
use crate::search::run::Sink;
use connector_model::{Code, Dn, Error, Identity, Person, Result};
use std::collections::HashSet;
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Takes what is streamed and hands it on, page by page.
pub(crate) struct Pages<'a> {
    /// Whether anything came at all.
    pub any: bool,
    /// Whether those are streamed now who belong by name.
    pub by_name: bool,
    context: &'a DirectoryContext<'a>,
    scope: &'a Scope,
    page: Vec<Entry>,
    to: mpsc::Sender<(Vec<Entry>, bool)>,
}

/// Who is taken of what is streamed, and what is noted of them.
pub(crate) struct Take {
    pub names: Names,
    /// Members of the mapping's groups, where the server cannot filter by them.
    pub members: Option<Arc<Members>>,
    pub ruling: Option<Ruling>,
    /// Who belongs by name, and is streamed alone.
    pub by_name: HashSet<Identity>,
}

/// What became of the entries.
#[derive(Default)]
pub(crate) struct Tally {
    pub read: u64,
    /// Entries that cannot be told apart, and the first of them.
    nameless: u64,
    first_nameless: Option<Dn>,
}

/// Starts the task; it ends with the pages, or when nobody takes people any more.
pub(crate) fn start<'a>(
    context: &'a DirectoryContext<'a>,
    scope: &'a Scope,
    take: Take,
    people: mpsc::Sender<Vec<Person>>,
) -> (Pages<'a>, JoinHandle<Tally>) {
    let (to, mut pages) = mpsc::channel::<(Vec<Entry>, bool)>(1);
    let task = tokio::spawn(async move {
        let mut tally = Tally::default();
        while let Some((entries, by_name)) = pages.recv().await {
            let mut page = convert(entries, &take, by_name, &mut tally);
            if let Some(ruling) = &take.ruling {
                for person in &mut page {
                    ruling.apply(person);
                }
            }
            if !page.is_empty() && people.send(page).await.is_err() {
                break;
            }
        }
        tally
    });
    (Pages { any: false, by_name: false, context, scope, page: vec![], to }, task)
}

fn convert(entries: Vec<Entry>, take: &Take, by_name: bool, tally: &mut Tally) -> Vec<Person> {
    let (names, members) = (&take.names, take.members.as_ref().filter(|_| !by_name));
    let mut page = Vec::with_capacity(entries.len());
    for entry in entries {
        if members.is_some_and(|members| !members.contains(&entry, names)) {
            continue;
        }
        let Ok(person) = person_entry::person(&entry, names) else {
            // Somebody who cannot be told apart may be anybody: the read does not count as complete.
            tally.nameless += 1;
            tally.first_nameless.get_or_insert(entry.dn);
            continue;
        };
        if take.by_name.contains(&person.identity) == by_name {
            page.push(person);
        }
    }
    tally.read += page.len() as u64;
    page
}

#[async_trait::async_trait]
impl Sink for Pages<'_> {
    fn entry(&mut self, entry: Entry) {
        self.page.push(entry);
    }

    async fn page_end(&mut self) -> Result<()> {
        let page = std::mem::take(&mut self.page);
        if page.is_empty() {
            return Ok(());
        }
        self.any = true;
        let page = left_out::without(self.context, &self.scope.excluded, page).await?;
        self.to.send((page, self.by_name)).await.map_err(|_| Error::of(Code::Cancelled))
    }
}

impl Tally {
    /// Why the read is not complete although the server sent everything.
    pub fn unreadable(&self, names: &Names) -> Option<Error> {
        let (first, unique) = (self.first_nameless.as_ref()?, names.unique_id.as_str());
        let text = match self.nameless {
            1 => format!("{first} has no {unique}."),
            n => format!("{n} entries have no {unique}, the first is {first}."),
        };
        let action = format!(
            "Exclude them with the mapping's filter, for example ({unique}=*), or set another attribute that identifies a person."
        );
        Some(Error::new(Code::UniqueIdMissing, text).with_action(action))
    }
}

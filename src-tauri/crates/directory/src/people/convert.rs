//! Turns entries into people on a task of its own, so that the next page is already on its way.

use crate::people::enabled::Ruling;
use crate::people::person_entry;
use crate::scope::members::Members;
use crate::search::attribute_names::Names;
use crate::search::entry::Entry;
use crate::search::run::Sink;
use connector_model::{Code, Dn, Error, Person, Result};
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Takes what is streamed and hands it on, page by page.
pub(crate) struct Pages {
    /// Whether anything came at all.
    pub any: bool,
    page: Vec<Entry>,
    to: mpsc::Sender<Vec<Entry>>,
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
pub(crate) fn start(
    names: Names,
    (members, ruling): (Option<Arc<Members>>, Option<Ruling>),
    people: mpsc::Sender<Vec<Person>>,
) -> (Pages, JoinHandle<Tally>) {
    let (to, mut pages) = mpsc::channel::<Vec<Entry>>(1);
    let task = tokio::spawn(async move {
        let mut tally = Tally::default();
        while let Some(entries) = pages.recv().await {
            let mut page = convert(entries, &names, members.as_deref(), &mut tally);
            if let Some(ruling) = &ruling {
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
    (Pages { any: false, page: vec![], to }, task)
}

fn convert(
    entries: Vec<Entry>,
    names: &Names,
    members: Option<&Members>,
    tally: &mut Tally,
) -> Vec<Person> {
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
        page.push(person);
    }
    tally.read += page.len() as u64;
    page
}

#[async_trait::async_trait]
impl Sink for Pages {
    fn entry(&mut self, entry: Entry) {
        self.page.push(entry);
    }

    async fn page_end(&mut self) -> Result<()> {
        let page = std::mem::take(&mut self.page);
        if page.is_empty() {
            return Ok(());
        }
        self.any = true;
        self.to.send(page).await.map_err(|_| Error::of(Code::Cancelled))
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

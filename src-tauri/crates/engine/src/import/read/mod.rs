//! Reads a mapping's people into a staging area: the part that preview and import share.

mod across_accounts;
mod affected;
mod name_holders;

use crate::blocking::blocking;
use crate::plan::absence::{self, Evidence, OtherMapping};
use crate::plan::consent::Consent;
use crate::plan::decision::PlanContext;
use crate::plan::planner;
use crate::plan::removal_limit;
use crate::ports::Directory;
use crate::store::Store;
use crate::store::staging::area::Staging;
use connector_model::settings::ImportSettings;
use connector_model::{Code, Error, History, Mapping, Person, ReadSummary, Result, Watermark};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::mpsc;

/// Pages on their way from the directory to the disk.
const PAGES_WAITING: usize = 2;

/// A read that is ready to be planned.
pub(crate) struct Prepared {
    pub staging: Staging,
    pub context: PlanContext,
    /// What is known once the plan is carried out; `None` where the caller knows better.
    pub watermark: Option<Watermark>,
}

/// All that a read depends on.
pub(crate) struct Reading<'a> {
    pub store: &'a Store,
    pub directory: Arc<dyn Directory>,
    pub mapping: &'a Mapping,
    /// The account's mappings with higher priority.
    pub earlier: Vec<Mapping>,
    /// All other mappings, of this account and of others.
    pub others: Vec<OtherMapping>,
    /// Its account tells people apart by an attribute that administrators fill.
    pub has_own_identifiers: bool,
    pub limits: &'a ImportSettings,
    /// What an administrator consents to.
    pub consent: &'a Consent,
    pub now_ms: i64,
}

impl Reading<'_> {
    /// Reads the whole mapping, and the identities of those with higher priority, proves where the absent are, and
    /// looks at the whole. `seen` rises with the people read.
    pub async fn everybody(&self, seen: Arc<AtomicU64>) -> Result<Prepared> {
        let mut staging = Staging::create(self.store, self.mapping)?;
        let mut incomplete = None;
        for other in &self.earlier {
            let name = other.name.clone();
            let (back, summary) =
                self.drain(other, staging, move |area, page| area.claim(&page, &name)).await?;
            staging = back;
            // Who belongs to an earlier mapping is then not known for sure; nobody is taken from it by mistake,
            // because the cloud's own record of the person's mapping is kept.
            incomplete = incomplete.or(summary.incomplete);
        }
        let (staging, mut summary) = self
            .drain(self.mapping, staging, move |area, page| {
                seen.fetch_add(page.len() as u64, Ordering::Relaxed);
                area.add(page)
            })
            .await?;
        let incomplete = incomplete.or(summary.incomplete.take());
        let before = self.store.watermark(&self.mapping.name)?;
        let place = summary.watermark.clone();
        let history = before
            .filter(|_| !self.consent.accepts_the_directory())
            .map_or(History::GoesOn, |before| summary.watermark.after(&before));
        let read = ReadSummary { incomplete, ..summary };
        self.finish_read(staging, &place, history, Some(read)).await
    }

    /// Whether the server that answers now is the one of that place, or one that has seen as much. Look-ups may take
    /// another connection than the read, and that may lead elsewhere: who is not there is no proof then.
    pub async fn is_at(&self, place: &Watermark) -> Result<bool> {
        Ok(self.directory.mark(self.mapping).await?.after(place) == History::GoesOn)
    }

    /// Ends a read: marks duplicates, proves where the absent are, and counts who would be made inactive.
    /// `place`: where the server stood that was read. `read`: how a read of everybody ended.
    pub async fn finish_read(
        &self,
        mut staging: Staging,
        place: &Watermark,
        history: History,
        read: Option<ReadSummary>,
    ) -> Result<Prepared> {
        let of_changes = read.is_none();
        let (mut incomplete, elsewhere, watermark) = match read {
            Some(read) => (read.incomplete, read.elsewhere, Some(read.watermark)),
            None => (None, vec![], None),
        };
        staging.takes_the_directory_for_right = self.consent.accepts_the_directory();
        staging.has_own_identifiers = self.has_own_identifiers;
        staging = blocking(move || {
            staging.finish()?;
            Ok(staging)
        })
        .await?;
        let (directory, mapping) = (&*self.directory, self.mapping);
        staging = across_accounts::claim(directory, &self.others, staging).await?;
        staging = name_holders::mark(directory, &self.others, staging).await?;
        if incomplete.is_none() {
            let evidence = Evidence { others: &self.others, history, elsewhere: &elsewhere };
            let proofs = absence::prove(directory, mapping, evidence, staging);
            (staging, incomplete) = Box::pin(proofs).await?;
        }
        if incomplete.is_none() && !self.is_at(place).await? {
            incomplete = Some(another_answered());
        }
        let (store, name) = (self.store.clone(), self.mapping.name.clone());
        let (consent, mut limits) = (self.consent.clone(), self.limits.clone());
        let since = self.now_ms - removal_limit::WINDOW_MS;
        blocking(move || {
            staging.link()?;
            if of_changes && waits(&store, &name)? {
                // One who is on the list, told of alone, is no small step: nobody goes before the list is approved or made anew.
                (limits.removal_limit_percent, limits.removal_limit_people) = (0, 0);
            }
            let people = || Ok((store.active_count(&name)?, store.removed_since(&name, since)?));
            let known = (incomplete, &elsewhere[..]);
            let mut context = planner::context(&staging, people, known, &consent, &limits)?;
            if store.loss()?.is_some() {
                // What was known of these people is gone: nobody becomes inactive on what one read shows.
                context = context.with_approval_of_everybody(&consent);
            }
            // An older state is no place to go on from, unless an administrator says that it is right.
            let usable = context.incomplete.is_none() && history != History::Older;
            Ok(Prepared { staging, context, watermark: watermark.filter(|_| usable) })
        })
        .await
    }

    async fn drain(
        &self,
        mapping: &Mapping,
        mut staging: Staging,
        take: impl Fn(&mut Staging, Vec<Person>) -> Result<()> + Send + 'static,
    ) -> Result<(Staging, ReadSummary)> {
        let (to_disk, mut pages) = mpsc::channel::<Vec<Person>>(PAGES_WAITING);
        let writer = blocking(move || {
            while let Some(page) = pages.blocking_recv() {
                take(&mut staging, page)?;
            }
            Ok(staging)
        });
        let (read, written) = tokio::join!(self.directory.read_people(mapping, to_disk), writer);
        // A writer that failed closes the channel; its error explains the reader's.
        let staging = written?;
        let explain =
            |e: Error| if e.code == Code::Cancelled { Error::of(Code::StorageFailed) } else { e };
        Ok((staging, read.map_err(explain)?))
    }
}

/// Another server answered than the one whose people are being looked at.
pub(super) fn another_answered() -> Error {
    Error::new(
        Code::ConnectionLost,
        "Another server of the directory answered while people were looked up.",
    )
}

/// Whether a list of a mapping waits for an approval.
fn waits(store: &Store, mapping: &str) -> Result<bool> {
    Ok(store.last_import(mapping)?.is_some_and(|last| !last.awaiting_approval.is_empty()))
}

//! Reads a mapping's people into a staging area: the part that preview and sync share.

use crate::planner::{self, Frame};
use crate::ports::Directory;
use crate::proof;
use crate::store::Store;
use crate::store::staging::{Staging, blocking};
use connector_model::settings::ImportSettings;
use connector_model::{Code, Error, Mapping, Person, ReadSummary, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::mpsc;

/// Pages on their way from the directory to the disk.
const PAGES_WAITING: usize = 2;

/// A read that is ready to be planned.
pub(crate) struct Prepared {
    pub staging: Staging,
    pub frame: Frame,
}

/// Reads the mapping, and the identities of those with higher priority, proves where the absent are, and looks at the
/// whole. `others` are the account's other mappings.
pub(crate) async fn prepare(
    store: &Store,
    directory: Arc<dyn Directory>,
    mapping: &Mapping,
    (earlier, others): (&[Mapping], &[Mapping]),
    (approved, limits): (Option<&str>, &ImportSettings),
    seen: Arc<AtomicU64>,
) -> Result<Prepared> {
    let mut staging = Staging::create(store, mapping)?;
    let mut incomplete = None;
    for other in earlier {
        let name = other.name.clone();
        let (back, summary) =
            drain(directory.clone(), other, staging, move |area, page| area.claim(&page, &name))
                .await?;
        staging = back;
        // Who belongs to an earlier mapping is then not known for sure; nobody is taken from it by mistake,
        // because the cloud's own record of the person's mapping is kept.
        incomplete = incomplete.or(summary.incomplete);
    }
    let counter = seen.clone();
    let (back, summary) = drain(directory.clone(), mapping, staging, move |area, page| {
        counter.fetch_add(page.len() as u64, Ordering::Relaxed);
        area.add(page)
    })
    .await?;
    staging = back;
    incomplete = incomplete.or(summary.incomplete);
    staging = blocking(move || {
        staging.finish()?;
        Ok(staging)
    })
    .await?;
    if incomplete.is_none() {
        (staging, incomplete) = proof::prove(&*directory, mapping, others, staging).await?;
    }
    let (store, name) = (store.clone(), mapping.name.clone());
    let (approved, limits) = (approved.map(str::to_owned), limits.clone());
    blocking(move || {
        let active = store.active_count(&name)?;
        let frame = planner::frame(&staging, active, incomplete, approved.as_deref(), &limits)?;
        Ok(Prepared { staging, frame })
    })
    .await
}

async fn drain(
    directory: Arc<dyn Directory>,
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
    let (read, written) = tokio::join!(directory.read_people(mapping, to_disk), writer);
    // A writer that failed closes the channel; its error explains the reader's.
    let staging = written?;
    let summary = read
        .map_err(|e| if e.code == Code::Cancelled { Error::of(Code::StorageFailed) } else { e })?;
    Ok((staging, summary))
}

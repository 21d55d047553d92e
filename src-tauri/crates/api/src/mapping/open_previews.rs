//! Previews that somebody is looking at: run once, then shown page by page, searched and exported.

use crate::files::Saved;
use crate::files::csv::Csv;
use crate::{Door, PreviewReport};
use connector_engine::{PlannedPeople, PlannedQuery, Preview};
use connector_model::{Change, Code, Error, Mapping, PlannedPerson, Result};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::sync::mpsc;

/// Previews that may be open at once; the oldest is closed for a new one.
const OPEN: usize = 4;
/// People in a page at most.
const PAGE: u32 = 500;

/// A preview that is open.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PreviewHandle {
    /// Names it in later calls.
    pub id: String,
    /// Counts and what goes with them.
    #[serde(flatten)]
    pub preview: Preview,
}

/// Which people of an open preview.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RowQuery {
    /// People to pass over.
    pub offset: u64,
    /// People to return, at most 500.
    pub limit: u32,
    /// Only people of this change.
    #[cfg_attr(test, ts(optional = nullable))]
    pub change: Option<Change>,
    /// Only people on the list of this hash, which waits for an approval.
    #[cfg_attr(test, ts(optional = nullable))]
    pub list: Option<String>,
    /// Only people with this text in DN, user name, e-mail or reason.
    #[cfg_attr(test, ts(optional = nullable))]
    pub search: Option<String>,
}

/// A page of people.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Rows {
    /// How many people match.
    pub total: u64,
    /// The page.
    pub rows: Vec<PlannedPerson>,
}

/// The open previews of one window.
#[derive(Default, Clone)]
pub struct OpenPreviews(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    last: u64,
    open: HashMap<u64, Arc<Mutex<Finished>>>,
}

struct Finished {
    mapping: String,
    people: PlannedPeople,
}

impl OpenPreviews {
    /// Runs one; it ends early when the returned future is dropped. `read` is told how many people were read.
    pub async fn run(
        &self,
        door: &Door,
        mapping: &Mapping,
        read: impl Fn(u64),
    ) -> Result<PreviewHandle> {
        let (reports, mut reported) = mpsc::channel(4);
        let (pages, mut planned) = mpsc::channel::<Vec<PlannedPerson>>(4);
        let keeping = tokio::task::spawn_blocking(move || {
            let mut people = PlannedPeople::new()?;
            while let Some(page) = planned.blocking_recv() {
                people.add(&page)?;
            }
            people.finish()?;
            Ok::<_, Error>(people)
        });
        // That it has begun is told at once: from then on it can be called off.
        read(0);
        let following = async {
            while let Some(report) = reported.recv().await {
                match report {
                    PreviewReport::Read(people) => read(people),
                    PreviewReport::People(page) => {
                        let _ = pages.send(page).await;
                    }
                }
            }
            drop(pages);
        };
        let (preview, ()) = tokio::join!(door.preview(mapping.clone(), true, reports), following);
        let preview = preview?;
        let people = keeping.await.map_err(|_| Error::of(Code::Internal))??;
        let mut state = self.state();
        state.last += 1;
        let number = state.last;
        let finished = Finished { mapping: mapping.name.clone(), people };
        state.open.insert(number, Arc::new(Mutex::new(finished)));
        while state.open.len() > OPEN
            && let Some(oldest) = state.open.keys().min().copied()
        {
            state.open.remove(&oldest);
        }
        Ok(PreviewHandle { id: number.to_string(), preview })
    }

    /// A page of an open preview.
    pub async fn rows(&self, id: &str, asked: RowQuery) -> Result<Rows> {
        let limit = asked.limit.min(PAGE);
        let RowQuery { offset, change, list, search, .. } = asked;
        let query = PlannedQuery { offset, limit, change, list, search };
        self.with(id, move |finished| {
            let (total, rows) = finished.people.page(&query)?;
            Ok(Rows { total, rows })
        })
        .await
    }

    /// Writes everybody of an open preview into a CSV file (RFC 4180).
    pub async fn export(
        &self,
        id: &str,
        say: impl Fn(&PlannedPerson) -> String + Send + 'static,
    ) -> Result<Saved> {
        self.with(id, move |finished| {
            let mut file = Csv::create(
                &format!("preview-{}", finished.mapping),
                &["change", "user_name", "email", "dn", "reason", "reason_kind", "name"],
            )?;
            let mut query = PlannedQuery { limit: PAGE, ..Default::default() };
            loop {
                let (_, page) = finished.people.page(&query)?;
                if page.is_empty() {
                    return file.finish();
                }
                query.offset += page.len() as u64;
                for p in &page {
                    let (name, email) = (p.user_name.as_deref(), p.email.as_deref());
                    file.row(&[
                        p.change.as_str(),
                        name.unwrap_or_default(),
                        email.unwrap_or_default(),
                        p.dn.as_str(),
                        &say(p),
                        p.reason.kind(),
                        p.name.as_deref().unwrap_or_default(),
                    ])?;
                }
            }
        })
        .await
    }

    /// Closes a preview; its people leave the disk.
    pub fn close(&self, id: &str) {
        if let Ok(number) = id.parse() {
            self.state().open.remove(&number);
        }
    }

    async fn with<T: Send + 'static>(
        &self,
        id: &str,
        work: impl FnOnce(&Finished) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let number = id.parse::<u64>().ok();
        let open = number.and_then(|number| self.state().open.get(&number).cloned());
        let open = open.ok_or_else(|| {
            Error::new(Code::NotFound, "The preview is closed.")
                .with_action("Run the preview again.")
        })?;
        tokio::task::spawn_blocking(move || {
            work(&open.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
        })
        .await
        .map_err(|_| Error::of(Code::Internal))?
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

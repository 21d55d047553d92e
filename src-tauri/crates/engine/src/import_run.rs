//! One import from the engine's side: one at a time for a mapping, recorded however it ends.

use crate::engine::{Engine, Ports, Running, Shared};
use crate::import;
use crate::ports::{Delivery, Event};
use crate::records::{ImportProgress, ImportRecord};
use crate::store::journal::NewEntry;
use crate::sync::Importer;
use connector_model::settings::{Settings, same_name};
use connector_model::{Code, Error, Mapping, Result};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

impl Engine {
    pub(crate) async fn import(
        &self,
        mapping: &Mapping,
        approve: Option<&str>,
        progress: Option<mpsc::Sender<ImportProgress>>,
    ) -> Result<ImportRecord> {
        let turn = Turn::take(&self.shared, &mapping.name)?;
        let (settings, ports) = self.outside();
        let delivery = ports.delivery.clone().ok_or_else(|| Error::of(Code::NotRegistered))?;
        let started = ports.clock.now_ms();
        self.shared.store.import_began(&mapping.name, started)?;
        let engine = self.clone();
        let report: Arc<dyn Fn(ImportProgress) + Send + Sync> =
            Arc::new(move |now: ImportProgress| {
                engine.set_progress(&now);
                let _ = engine.shared.events.try_send(Event::ImportProgress(now.clone()));
                if let Some(progress) = &progress {
                    let _ = progress.try_send(now);
                }
            });
        let work = self.work(&settings, &ports, delivery, mapping, approve, started, report);
        let outcome = tokio::select! {
            () = self.shared.stop.cancelled() => return Err(Error::of(Code::Cancelled)),
            () = turn.cancel.cancelled() => Err(Error::of(Code::Cancelled)),
            outcome = work => outcome,
        };
        let record = match outcome {
            Ok(record) => record,
            Err(error) if matches!(error.code, Code::ApprovalStale) => {
                self.shared.store.import_ended(&mapping.name)?;
                return Err(error);
            }
            Err(error) => failed_record(&turn.progress(), started, ports.clock.now_ms(), error),
        };
        let counted = &record;
        tracing::info!(mapping = %mapping.name, read = counted.read, acknowledged = counted.acknowledged,
            refused = counted.refused, complete = counted.complete, "import ended");
        // On disk before anybody is told: the next status reads it back.
        let entry = NewEntry {
            at_ms: record.finished_ms,
            kind: "import",
            subject: mapping.name.clone(),
            detail: json!(record),
        };
        self.shared.store.write_journal(&[entry])?;
        self.shared.store.import_ended(&mapping.name)?;
        let _ = self.shared.events.try_send(Event::ImportFinished(record.clone()));
        Ok(record)
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "one call site; a struct would only rename the parameters"
    )]
    async fn work(
        &self,
        settings: &Arc<Settings>,
        ports: &Ports,
        delivery: Arc<dyn Delivery>,
        mapping: &Mapping,
        approve: Option<&str>,
        started: i64,
        report: Arc<dyn Fn(ImportProgress) + Send + Sync>,
    ) -> Result<ImportRecord> {
        let (name, directory) = self.directory(Some(&mapping.account))?;
        let seen = Arc::new(AtomicU64::new(0));
        let (earlier, others) = (earlier(settings, mapping), others(settings, mapping));
        let reading = import::prepare(
            &self.shared.store,
            directory.clone(),
            mapping,
            (&earlier, &others),
            (approve, &settings.import),
            seen.clone(),
        );
        let prepared =
            self.watched(&name, counted(reading, &seen, &mapping.name, &*report).await)?;
        if let Some(hash) = approve
            && prepared.frame.waits()
            && hash != prepared.frame.removals_hash
        {
            let now = &prepared.frame.removals_hash;
            return Err(Error::new(
                Code::ApprovalStale,
                format!("The list is now {now} with {} people.", prepared.frame.removals),
            ));
        }
        let importer = Arc::new(Importer {
            store: self.shared.store.clone(),
            delivery,
            clock: ports.clock.clone(),
            mapping: Arc::new(mapping.clone()),
            batch_size: settings.import.batch_size.clamp(1, 1000) as usize,
            progress: report,
        });
        importer.run(prepared, started).await
    }
}

/// The right to import one mapping; a second import of it is refused meanwhile.
struct Turn<'a> {
    shared: &'a Shared,
    mapping: String,
    cancel: CancellationToken,
}

impl<'a> Turn<'a> {
    fn take(shared: &'a Shared, mapping: &str) -> Result<Self> {
        let mut importing = shared.importing.lock().map_err(|_| Error::of(Code::Internal))?;
        if importing.contains_key(mapping) {
            return Err(Error::of(Code::SyncRunning));
        }
        let mapping = mapping.to_owned();
        let progress = ImportProgress { mapping: mapping.clone(), ..Default::default() };
        let cancel = CancellationToken::new();
        importing.insert(mapping.clone(), Running { progress, cancel: cancel.clone() });
        Ok(Self { shared, mapping, cancel })
    }

    /// How far the import came.
    fn progress(&self) -> ImportProgress {
        let importing = self.shared.importing.lock().ok();
        importing
            .and_then(|importing| {
                importing.get(&self.mapping).map(|running| running.progress.clone())
            })
            .unwrap_or_default()
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Ok(mut importing) = self.shared.importing.lock() {
            importing.remove(&self.mapping);
        }
    }
}

/// Reports how many people were read, a few times a second, while `work` goes on.
async fn counted<T>(
    work: impl Future<Output = T>,
    seen: &AtomicU64,
    mapping: &str,
    report: &(dyn Fn(ImportProgress) + Send + Sync),
) -> T {
    let mut tick = tokio::time::interval(Duration::from_millis(250));
    tokio::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return done,
            _ = tick.tick() => report(ImportProgress {
                mapping: mapping.to_owned(),
                read: seen.load(Ordering::Relaxed),
                to_send: None,
                acknowledged: 0,
            }),
        }
    }
}

/// Mappings of the same account with higher priority.
pub(crate) fn earlier(settings: &Settings, mapping: &Mapping) -> Vec<Mapping> {
    let before = settings.mappings.iter().take_while(|m| !same_name(&m.name, &mapping.name));
    before.filter(|m| same_name(&m.account, &mapping.account)).cloned().collect()
}

/// The other mappings of the same account.
pub(crate) fn others(settings: &Settings, mapping: &Mapping) -> Vec<Mapping> {
    let same_account = |m: &&Mapping| same_name(&m.account, &mapping.account);
    let others = settings.mappings.iter().filter(|m| !same_name(&m.name, &mapping.name));
    others.filter(same_account).cloned().collect()
}

fn failed_record(
    reached: &ImportProgress,
    started_ms: i64,
    finished_ms: i64,
    error: Error,
) -> ImportRecord {
    ImportRecord {
        mapping: reached.mapping.clone(),
        started_ms,
        finished_ms,
        complete: false,
        read: reached.read,
        counts: connector_model::Counts::default(),
        acknowledged: reached.acknowledged,
        refused: 0,
        awaiting_approval: None,
        error: Some(error),
    }
}

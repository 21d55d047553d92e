//! One import: plan, prove, deliver in batches. A batch counts when the cloud acknowledged it and that is
//! on disk; a crash anywhere loses nothing, because the next plan starts from what is on disk.

use crate::blocking::blocking;
use crate::import::read::Prepared;
use crate::plan::decision::{Decision, PlanContext};
use crate::plan::planner;
use crate::ports::{Clock, Delivery};
use crate::schedule::missed_changes::Notes;
use crate::state::records::{ImportKind, ImportProgress, ImportRecord, RefusedPerson};
use crate::store::Store;
use crate::store::cloud::people::{Acknowledgement, Answers};
use crate::store::staging::area::Staging;
use connector_model::{Change, Code, Counts, DeliveryItem, DeliveryResult, Error, Mapping, Result};
use rand::RngExt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// Batches under way at once.
const IN_FLIGHT: usize = 3;
/// Attempts for one batch before the import ends; the next one goes on where it stopped.
const ATTEMPTS: u32 = 6;
/// Reasons for refusals in a record.
const REASONS: usize = 20;
/// Longest wait between two attempts.
const MAX_WAIT: Duration = Duration::from_secs(16);

pub(crate) struct Importer {
    pub store: Store,
    pub delivery: Arc<dyn Delivery>,
    pub clock: Arc<dyn Clock>,
    pub mapping: Arc<Mapping>,
    /// What was read.
    pub kind: ImportKind,
    pub batch_size: usize,
    pub progress: Arc<dyn Fn(ImportProgress) + Send + Sync>,
    pub notes: Mutex<Notes>,
}

struct BatchDone {
    acknowledged: u64,
    refused: u64,
    adopted: u64,
}

impl Importer {
    /// Carries a prepared plan out.
    pub async fn run(
        self: &Arc<Self>,
        prepared: Prepared,
        started_ms: i64,
    ) -> Result<ImportRecord> {
        let mut record = self.begun(&prepared, started_ms)?;
        self.report(&record, None);
        let Prepared { staging, context, watermark } = prepared;
        let approved = context.approved;
        let (to_send, mut decisions) = mpsc::channel::<Vec<Decision>>(2);
        let total = Arc::new(AtomicU64::new(0));
        let (mapping, size, expected) =
            (self.mapping.clone(), self.batch_size.max(1), total.clone());
        let planner = blocking(move || {
            expected.store(planner::count(&staging, &context)?.to_send(), Ordering::Relaxed);
            let counts = decide_in_batches(&staging, &mapping, &context, size, &to_send)?;
            staging.note_places()?;
            Ok(counts)
        });
        let planner = tokio::spawn(planner);
        let outcome = self.deliver_all(&mut decisions, &mut record, &total).await;
        drop(decisions);
        match planner.await.map_err(|_| Error::of(Code::Internal))? {
            Ok(counts) => Change::ALL
                .into_iter()
                .for_each(|change| record.counts.add(change, counts.get(change))),
            Err(error) if error.code != Code::Cancelled => return Err(error),
            Err(_) => {}
        }
        match (outcome, watermark) {
            (Err(error), _) => record.error = Some(error),
            (Ok(()), Some(reached)) => {
                self.store.note_watermark(&record.mapping, &reached)?;
                record.watermark_after = Some(reached);
            }
            (Ok(()), None) => {}
        }
        if approved {
            self.store.note_approval(&record.mapping, self.clock.now_ms())?;
        }
        record.refusals =
            self.notes.lock().unwrap_or_else(PoisonError::into_inner).refusals(REASONS);
        record.finished_ms = self.clock.now_ms();
        Ok(record)
    }

    /// The record of an import that has read and sent nothing yet.
    fn begun(&self, prepared: &Prepared, started_ms: i64) -> Result<ImportRecord> {
        let context = &prepared.context;
        Ok(ImportRecord {
            mapping: self.mapping.name.clone(),
            kind: self.kind,
            started_ms,
            finished_ms: started_ms,
            complete: context.incomplete.is_none(),
            read: prepared.staging.read,
            counts: Counts::default(),
            acknowledged: 0,
            refused: 0,
            refusals: vec![],
            awaiting_approval: context.waits().then(|| context.removals_hash.clone()),
            watermark_before: self.store.watermark(&self.mapping.name)?,
            watermark_after: None,
            error: context.incomplete.clone(),
        })
    }

    async fn deliver_all(
        self: &Arc<Self>,
        decisions: &mut mpsc::Receiver<Vec<Decision>>,
        record: &mut ImportRecord,
        total: &AtomicU64,
    ) -> Result<()> {
        let mut running: JoinSet<Result<BatchDone>> = JoinSet::new();
        let mut open = true;
        while open || !running.is_empty() {
            tokio::select! {
                batch = decisions.recv(), if open && running.len() < IN_FLIGHT => match batch {
                    None => open = false,
                    Some(batch) => {
                        for decision in &batch {
                            record.counts.add(decision.change, 1);
                        }
                        let importer = self.clone();
                        running.spawn(async move { importer.deliver(batch).await });
                    }
                },
                Some(done) = running.join_next(), if !running.is_empty() => {
                    let done = done.map_err(|_| Error::of(Code::Internal))??;
                    record.acknowledged += done.acknowledged;
                    record.refused += done.refused;
                    record.counts.create -= done.adopted.min(record.counts.create);
                    record.counts.adopt += done.adopted;
                    self.report(record, Some(total.load(Ordering::Relaxed)));
                }
            }
        }
        Ok(())
    }

    async fn deliver(&self, batch: Vec<Decision>) -> Result<BatchDone> {
        let items: Vec<DeliveryItem> = batch
            .iter()
            .map(|d| DeliveryItem {
                change: d.change,
                cloud_id: d.cloud_id.clone(),
                person: d.content.to_cloud(&d.identity, &self.mapping),
            })
            .collect();
        let (store, account, mapping) =
            (self.store.clone(), self.mapping.account.clone(), self.mapping.name.clone());
        let (batch, number) = {
            let (store, account, mapping) = (store.clone(), account.clone(), mapping.clone());
            blocking(move || {
                let number = store.batch_begins((&account, &mapping), &batch)?;
                Ok((batch, number))
            })
            .await?
        };
        let results = self.send(&items).await?;
        self.take_notes(&batch, &results);
        if results.len() != items.len() {
            return Err(Error::new(
                Code::ProtocolViolation,
                "The cloud answered for a different number of people than were sent.",
            ));
        }
        let now = self.clock.now_ms();
        blocking(move || {
            let mut done = BatchDone { acknowledged: 0, refused: 0, adopted: 0 };
            let mut kept = Vec::with_capacity(batch.len());
            let mut refused = vec![];
            for (decision, result) in batch.iter().zip(&results) {
                match result {
                    DeliveryResult::Refused(error) => {
                        tracing::warn!(code = %error.code, "the cloud refused a person");
                        done.refused += 1;
                        refused.push((&decision.identity, &*decision.content.user_name, error));
                    }
                    DeliveryResult::Acknowledged { cloud_id, adopted } => {
                        done.acknowledged += 1;
                        done.adopted += u64::from(*adopted && decision.change == Change::Create);
                        kept.push(Acknowledgement {
                            identity: &decision.identity,
                            account: &account,
                            mapping: &mapping,
                            cloud_id,
                            active: decision.change != Change::Preserve,
                            dn: &decision.dn,
                            content: &decision.content,
                        });
                    }
                }
            }
            store.acknowledge(number, &mapping, &Answers { kept, refused }, now)?;
            Ok(done)
        })
        .await
    }

    fn take_notes(&self, batch: &[Decision], results: &[DeliveryResult]) {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        for (decision, result) in batch.iter().zip(results) {
            match result {
                DeliveryResult::Acknowledged { .. } => {
                    notes.changed(&decision.identity, decision.change);
                }
                DeliveryResult::Refused(error) => {
                    let (identity, user_name) =
                        (decision.identity.clone(), decision.content.user_name.clone());
                    notes.refused(RefusedPerson { user_name, identity }, error);
                }
            }
        }
    }

    /// Sends one batch, again after a pause when nothing is known about it.
    async fn send(&self, items: &[DeliveryItem]) -> Result<Vec<DeliveryResult>> {
        let mut wait = Duration::from_secs(1);
        for attempt in 1.. {
            match self.delivery.deliver(items).await {
                Ok(results) => return Ok(results),
                Err(error) if attempt >= ATTEMPTS || !passes(error.code) => return Err(error),
                Err(error) => {
                    tracing::info!(code = %error.code, attempt, "batch is sent again");
                    let share = rand::rng().random_range(0.5..1.0);
                    tokio::time::sleep(wait.mul_f64(share)).await;
                    wait = (wait * 2).min(MAX_WAIT);
                }
            }
        }
        Err(Error::of(Code::CloudUnavailable))
    }

    fn report(&self, record: &ImportRecord, to_send: Option<u64>) {
        (self.progress)(ImportProgress {
            mapping: record.mapping.clone(),
            read: record.read,
            to_send,
            acknowledged: record.acknowledged,
        });
    }
}

/// Decides everybody. Those for whom the cloud has something to do go on in batches; the others are counted.
fn decide_in_batches(
    staging: &Staging,
    mapping: &Mapping,
    context: &PlanContext,
    size: usize,
    to_send: &mpsc::Sender<Vec<Decision>>,
) -> Result<Counts> {
    let mut counts = Counts::default();
    let mut batch = Vec::with_capacity(size);
    let send =
        |batch: Vec<Decision>| to_send.blocking_send(batch).map_err(|_| Error::of(Code::Cancelled));
    planner::decide(staging, mapping, context, &mut |decision| {
        if matches!(decision.change, Change::Skip | Change::Hold | Change::Unchanged) {
            counts.add(decision.change, 1);
            return Ok(());
        }
        batch.push(decision);
        if batch.len() == size {
            send(std::mem::replace(&mut batch, Vec::with_capacity(size)))
        } else {
            Ok(())
        }
    })?;
    if !batch.is_empty() {
        send(batch)?;
    }
    Ok(counts)
}

/// Failures that go away by themselves.
fn passes(code: Code) -> bool {
    matches!(
        code,
        Code::CloudUnavailable
            | Code::CloudThrottled
            | Code::ConnectionLost
            | Code::ConnectRefused
            | Code::ConnectTimeout
            | Code::Timeout
            | Code::ResolveFailed
            | Code::ProxyUnreachable
    )
}

//! One import: plan, prove, deliver in batches. A batch counts when the cloud acknowledged it and that is
//! on disk; a crash anywhere loses nothing, because the next plan starts from what is on disk.

use crate::blocking::blocking;
use crate::import::batch::BatchDone;
use crate::import::importer::Importer;
use crate::import::read::Prepared;
use crate::plan::decision::{Decision, PlanContext};
use crate::plan::planner;
use crate::plan::preview::explain;
use crate::state::records::{ImportKind, ImportProgress, ImportRecord};
use crate::store::imports::run_log::RunLog;
use crate::store::staging::area::Staging;
use connector_model::{Change, Code, Counts, Error, Mapping, Reason, Result};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// Batches under way at once.
const IN_FLIGHT: usize = 3;
/// Reasons for refusals in a record.
const REASONS: usize = 20;

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
        let approved = context.removals.approved;
        let (to_send, mut decisions) = mpsc::channel::<Batch>(2);
        let total = Arc::new(AtomicU64::new(0));
        let (mapping, size, expected) =
            (self.mapping.clone(), self.batch_size.max(1), total.clone());
        let log = RunLog::begin(&self.store, &record.mapping, self.kind, started_ms);
        let log = Arc::new(log);
        let left = Left { log: log.clone(), importer: self.clone() };
        let planner = blocking(move || {
            expected.store(planner::count(&staging, &context)?.to_send(), Ordering::Relaxed);
            let plan = Plan { staging: &staging, mapping: &mapping, context: &context };
            let counts = decide_in_batches(&plan, size, &to_send, &left)?;
            staging.note_places()?;
            staging.note_older_state()?;
            staging.end(&left.importer.store);
            Ok(counts)
        });
        let planner = tokio::spawn(planner);
        let outcome = self.deliver_all(&mut decisions, &mut record, (&total, &log)).await;
        drop(decisions);
        let decided = planner.await.map_err(|_| Error::of(Code::Internal))?;
        blocking(move || {
            log.end();
            Ok(())
        })
        .await?;
        match decided {
            Ok(counts) => Change::ALL
                .into_iter()
                .for_each(|change| record.counts.add(change, counts.get(change))),
            Err(error) if error.code != Code::Cancelled => return Err(error),
            Err(_) => {}
        }
        match (outcome, watermark) {
            (Err(error), _) => {
                record.resumes_ms = self.delivery.resumes_ms();
                record.error = Some(error);
            }
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
            started_by: None,
            started_ms,
            finished_ms: started_ms,
            complete: context.incomplete.is_none(),
            read: prepared.staging.read,
            counts: Counts::default(),
            acknowledged: 0,
            assumed: 0,
            refused: 0,
            refusals: vec![],
            findings: context.findings.clone(),
            awaiting_approval: context.awaiting(),
            approved: context.approved(),
            watermark_before: self.store.watermark(&self.mapping.name)?,
            watermark_after: None,
            resumes_ms: None,
            error: context.incomplete.clone(),
        })
    }

    async fn deliver_all(
        self: &Arc<Self>,
        batches: &mut mpsc::Receiver<Batch>,
        record: &mut ImportRecord,
        (total, log): (&AtomicU64, &Arc<RunLog>),
    ) -> Result<()> {
        let mut running: JoinSet<Result<BatchDone>> = JoinSet::new();
        let (mut open, mut turn, mut next, mut stopped) = (true, 0, None, None);
        self.call_off.sends_from_now_on();
        while open || next.is_some() || !running.is_empty() {
            // Called off: nothing more is sent; what is under way is heard to its end.
            if self.call_off.token.is_cancelled() && (open || next.is_some()) {
                batches.close();
                (open, next) = (false, None);
                stopped = stopped.or_else(|| Some(Error::of(Code::Cancelled)));
                continue;
            }
            // Nobody takes a name before everybody of the turn before is through.
            if let Some(batch) =
                next.take_if(|batch: &mut Batch| batch.turn == turn || running.is_empty())
            {
                turn = batch.turn;
                for decision in batch.people.iter().filter(|decision| !decision.parked) {
                    record.counts.add(decision.change, 1);
                }
                let (importer, log) = (self.clone(), log.clone());
                running.spawn(async move { importer.deliver(batch.people, log).await });
            }
            tokio::select! {
                () = self.call_off.token.cancelled(), if open => {}
                batch = batches.recv(), if open && next.is_none() && running.len() < IN_FLIGHT => {
                    open = batch.is_some();
                    next = batch;
                }
                Some(done) = running.join_next(), if !running.is_empty() => {
                    let done = done.map_err(|_| Error::of(Code::Internal))??;
                    record.acknowledged += done.acknowledged;
                    record.assumed += done.assumed;
                    record.refused += done.refused;
                    record.counts.create -= done.adopted.min(record.counts.create);
                    record.counts.adopt += done.adopted;
                    self.report(record, Some(total.load(Ordering::Relaxed)));
                    // Nothing more is sent; what is under way is heard to its end.
                    open &= done.stopped.is_none();
                    next = next.filter(|_| open);
                    stopped = stopped.or(done.stopped);
                }
            }
        }
        stopped.map_or(Ok(()), Err)
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

/// People who are sent together, and in which turn.
struct Batch {
    turn: u32,
    people: Vec<Decision>,
}

/// All that decides.
struct Plan<'a> {
    staging: &'a Staging,
    mapping: &'a Mapping,
    context: &'a PlanContext,
}

/// Where those are written down to whom nothing is sent.
struct Left {
    log: Arc<RunLog>,
    importer: Arc<Importer>,
}

impl Left {
    fn note(&self, mut decision: Decision) -> Result<()> {
        if waits_for_others(&decision, self.importer.kind) {
            let notes = self.importer.notes.lock();
            notes.unwrap_or_else(PoisonError::into_inner).unsettled(&decision.identity);
        }
        if decision.change == Change::Skip {
            explain(&self.importer.store, &mut decision)?;
        }
        self.log.leave(&decision);
        Ok(())
    }
}

/// Whether somebody may be decided otherwise although nothing happens to them: once another mapping has taken them, another
/// account's directory answers, or somebody has given up the name. A full import looks at names until nobody has to wait.
fn waits_for_others(decision: &Decision, kind: ImportKind) -> bool {
    match &decision.reason {
        Reason::MovesTo { .. } | Reason::MayBelongTo { .. } | Reason::BackAgain => true,
        Reason::SameUserName { .. } | Reason::SameEmail { .. } => kind == ImportKind::Changes,
        _ => false,
    }
}

/// Decides everybody, turn by turn. Those for whom the cloud has something to do go on in batches; the others are counted.
fn decide_in_batches(
    plan: &Plan<'_>,
    size: usize,
    to_send: &mpsc::Sender<Batch>,
    left: &Left,
) -> Result<Counts> {
    let Plan { staging, mapping, context } = plan;
    let mut counts = Counts::default();
    let send = |turn, people: Vec<Decision>| {
        to_send.blocking_send(Batch { turn, people }).map_err(|_| Error::of(Code::Cancelled))
    };
    for turn in 0..=staging.last_turn() {
        let mut batch = Vec::with_capacity(size);
        planner::decide_turn(staging, mapping, context, turn, &mut |decision| {
            if !decision.change.is_sent() {
                counts.add(decision.change, 1);
                return left.note(decision);
            }
            batch.push(decision);
            if batch.len() < size {
                return Ok(());
            }
            send(turn, std::mem::replace(&mut batch, Vec::with_capacity(size)))
        })?;
        if !batch.is_empty() {
            send(turn, batch)?;
        }
    }
    Ok(counts)
}

//! One import from the engine's side: one at a time for a mapping, recorded however it ends.

use crate::engine::Engine;
use crate::import::importer::Importer;
use crate::import::read::{Prepared, Reading};
use crate::import::running::ImportGuard;
use crate::plan::consent::Consent;
use crate::ports::{Directory, Event};
use crate::state::records::{ImportKind, ImportProgress, ImportRecord, StartedBy};
use crate::store::journal::NewEntry;
use connector_model::settings::{Settings, same_name};
use connector_model::{ApprovalList, Code, Error, Identity, Mapping, Result, Watermark};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;

impl Engine {
    /// Imports everybody of a mapping.
    pub(crate) async fn import_mapping(
        &self,
        mapping: &Mapping,
        consented: Consented<'_>,
        progress: Option<mpsc::Sender<ImportProgress>>,
    ) -> Result<ImportRecord> {
        self.claim(mapping).await?;
        let owner = self.import_owner(mapping);
        let guard = ImportGuard::take(&self.shared.imports, &mapping.name)?;
        // A round of changes that is under way ends first; it is short.
        let _alone = self.shared.imports.mapping_lock(&mapping.name).await;
        let began = self.config().1.clock.now_ms();
        self.shared.store.import_began(&mapping.name, began)?;
        let work = Box::pin(async {
            self.make_good(mapping).await?;
            self.import_everybody(mapping, consented, began, self.report_to(progress)).await
        });
        let outcome = tokio::select! {
            () = self.shared.life.stop.cancelled() => return Err(Error::of(Code::Cancelled)),
            () = guard.call_off.over() => Err(self.interrupted(mapping)),
            outcome = work => outcome,
        };
        let outcome = outcome
            .map(|record| self.unless_called_off(mapping, record))
            .map_err(|error| self.unless_given_out_anew(mapping, &owner, error));
        let mut record = match outcome {
            Ok(mut record) => {
                record.error =
                    record.error.map(|error| self.unless_given_out_anew(mapping, &owner, error));
                record
            }
            Err(error) if matches!(error.code, Code::ApprovalStale | Code::NotRegistered) => {
                self.shared.store.import_ended(&mapping.name)?;
                return Err(error);
            }
            Err(error) => {
                let ports = self.config().1;
                let mut record =
                    failed_record(&guard.progress(), began, ports.clock.now_ms(), error);
                record.resumes_ms = ports.delivery.and_then(|delivery| delivery.resumes_ms());
                // What waited before still waits: nobody was planned anew.
                let last = self.last_import(&mapping.name);
                record.awaiting_approval =
                    last.map(|last| last.awaiting_approval).unwrap_or_default();
                record
            }
        };
        record.started_by = consented.by;
        self.note_end(mapping, &record, began)?;
        Ok(record)
    }

    /// Makes good what an earlier import left open: whom the cloud has, and who was not acknowledged.
    async fn make_good(&self, mapping: &Mapping) -> Result<()> {
        self.must_not_wait()?;
        self.requeue_cut_off(mapping)?;
        let known = async {
            self.read_back(mapping).await?;
            self.catch_up_account(&mapping.account).await
        };
        if let Err(error) = known.await {
            self.look_after(&mapping.account).await;
            return Err(error);
        }
        Ok(())
    }

    /// Takes back what was cut off: of this mapping, and of others whose people this one may send next. Noted later, it would
    /// pass for a later word about them than the answer that is to come.
    fn requeue_cut_off(&self, mapping: &Mapping) -> Result<()> {
        let store = &self.shared.store;
        for other in store.cut_off()? {
            if !same_name(&other, &mapping.name)
                && let Some(_idle) = self.shared.imports.idle_mapping(&other)
                && let Err(error) = store.requeue_unacknowledged(Some(&other))
            {
                tracing::warn!(code = %error.code, "a batch of another mapping that was cut off is kept");
            }
        }
        store.requeue_unacknowledged(Some(&mapping.name))
    }

    /// Tells status, events and whoever asked for it how far an import is.
    fn report_to(&self, progress: Option<mpsc::Sender<ImportProgress>>) -> Report {
        let engine = self.clone();
        Arc::new(move |now: ImportProgress| {
            engine.shared.imports.set_progress(&now);
            let _ = engine.shared.events.try_send(Event::ImportProgress(now.clone()));
            if let Some(progress) = &progress {
                let _ = progress.try_send(now);
            }
        })
    }

    /// Notes how an import ended that began at `began`.
    fn note_end(&self, mapping: &Mapping, record: &ImportRecord, began: i64) -> Result<()> {
        // On disk before anybody is told: the next status reads it back.
        self.shared.store.note_import(record, mapping)?;
        self.shared.imports.failures.note(record);
        self.record("import", record)?;
        self.tell_refusals(&mapping.account);
        self.shared.store.forget_former(&mapping.name, record.finished_ms)?;
        if record.error.is_none() {
            self.shared.store.forget_refusals(&mapping.name, began)?;
        }
        self.shared.store.import_ended(&mapping.name)?;
        self.settle_loss()?;
        self.shared.life.changed.notify_waiters();
        Ok(())
    }

    /// Imports the people whom a change affected; then everything up to `reached` is in the cloud. `None`: nothing was to
    /// be done for any of them. `again`: nobody tells of them anew, and a hold that goes on is told already.
    pub(crate) async fn import_affected(
        &self,
        mapping: &Mapping,
        affected: &[Identity],
        (reached, again): (Option<Watermark>, bool),
    ) -> Result<Option<ImportRecord>> {
        self.shared.changes.differences.reported(&mapping.name, affected);
        self.must_not_wait()?;
        let _alone = self.shared.imports.mapping_lock(&mapping.name).await;
        self.claim(mapping).await?;
        let owner = self.import_owner(mapping);
        self.read_back(mapping).await?;
        self.catch_up_account(&mapping.account).await?;
        self.requeue_cut_off(mapping)?;
        let (settings, ports) = self.config();
        let began = ports.clock.now_ms();
        let (account, directory) = self.directory(Some(&mapping.account))?;
        let since = self.shared.store.watermark(&mapping.name)?;
        let since = since.ok_or_else(|| Error::of(Code::ChangesUnknown))?;
        let reading = self.reading(&settings, mapping, directory, began);
        let prepared =
            self.watched(&account, Box::pin(reading.affected(affected, &since)).await)?;
        let importer = Arc::new(self.importer(&settings, &ports, mapping, ImportKind::Changes)?);
        let prepared = Prepared { watermark: reached, ..prepared };
        let mut record = importer.run(prepared, began).await?;
        record.started_by = Some(StartedBy::Changes);
        self.shared.changes.differences.looked_at(&mapping.name, affected, &importer.notes);
        let told = record.counts.hold == 0 || again && record.awaiting_approval.is_empty();
        let idle = record.counts.to_send() == 0 && told;
        // Of a list that waits there is one number: that of the import that made it, until the next one makes it anew.
        let waits = self.last_import(&mapping.name);
        let waits = waits.is_some_and(|last| !last.awaiting_approval.is_empty());
        let only_waits = waits && record.counts.to_send() == 0;
        if idle || only_waits || record.error.is_some() && record.acknowledged + record.refused == 0
        {
            self.shared.store.forget_run(&record)?;
        }
        if let Some(error) = record.error.clone() {
            if record.acknowledged + record.refused > 0 {
                self.end_run(&record);
            }
            return Err(self.unless_given_out_anew(mapping, &owner, error));
        }
        if idle || only_waits {
            return Ok((!idle).then_some(record));
        }
        let awaiting_approval = if waits { vec![] } else { record.awaiting_approval.clone() };
        self.record("changes", &ImportRecord { awaiting_approval, ..record.clone() })?;
        self.tell_refusals(&mapping.account);
        Ok(Some(record))
    }

    /// Whether the cloud asked to be left alone for now: then nobody need be read.
    fn must_not_wait(&self) -> Result<()> {
        match self.config().1.delivery.and_then(|delivery| delivery.resumes_ms()) {
            Some(_) => Err(Error::of(Code::CloudThrottled)),
            None => Ok(()),
        }
    }

    /// Whether the directory is there, where the cloud is not: the alerts are to be true all the same.
    async fn look_after(&self, account: &str) {
        if let Ok((account, directory)) = self.directory(Some(account)) {
            let _ = self.watched(&account, directory.bases().await);
        }
    }

    async fn import_everybody(
        &self,
        mapping: &Mapping,
        Consented { consent, alone, .. }: Consented<'_>,
        began: i64,
        report: Report,
    ) -> Result<ImportRecord> {
        let (settings, ports) = self.config();
        let importer = self.importer(&settings, &ports, mapping, ImportKind::Full)?;
        let importer = Arc::new(Importer { progress: report.clone(), ..importer });
        let (account, directory) = self.directory(Some(&mapping.account))?;
        self.refresh_unlinked_users().await?;
        let seen = Arc::new(AtomicU64::new(0));
        let reading = self.reading(&settings, mapping, directory, began);
        let reading = Reading { consent, ..reading };
        let everybody = reading.everybody(seen.clone());
        let prepared =
            self.watched(&account, counted(everybody, &seen, &mapping.name, &*report).await)?;
        let context = &prepared.context;
        if alone
            && let Some(list) = context.awaiting().first()
            && consent.others(&context.lists()).next().is_some()
        {
            return Err(stale(list));
        }
        for list in context.approved() {
            let detail = json!({ "list": list.hash, "people": list.people, "kind": list.kind,
                "by": consent.by() });
            let entry = self.entry("approval", &mapping.name, detail);
            self.shared.journal.keep(NewEntry { at_ms: began, ..entry }).await;
        }
        if consent.accepts_the_directory() {
            let detail = json!({ "kind": "directory", "by": consent.by() });
            let entry = self.entry("approval", &mapping.name, detail);
            self.shared.journal.keep(NewEntry { at_ms: began, ..entry }).await;
        }
        let quiet = context.approved().is_empty() && !consent.accepts_the_directory();
        let record = importer.run(prepared, began).await?;
        if let Ok(notes) = importer.notes.lock().map(|mut notes| std::mem::take(&mut *notes))
            && quiet
        {
            self.compare(mapping, notes);
        }
        Ok(record)
    }

    /// A read of a mapping, to which nobody has consented to anything.
    pub(crate) fn reading<'a>(
        &'a self,
        settings: &'a Settings,
        mapping: &'a Mapping,
        directory: Arc<dyn Directory>,
        now_ms: i64,
    ) -> Reading<'a> {
        let account = settings.accounts.iter().find(|a| same_name(&a.name, &mapping.account));
        Reading {
            store: &self.shared.store,
            directory,
            mapping,
            earlier: earlier(settings, mapping),
            others: self.other_mappings(settings, mapping),
            has_own_identifiers: account.is_some_and(|a| a.attributes.has_own_identifier()),
            limits: &settings.import,
            consent: Consent::nothing(),
            now_ms,
        }
    }

    pub(crate) fn record(&self, kind: &'static str, record: &ImportRecord) -> Result<()> {
        tracing::info!(mapping = %record.mapping, kind, read = record.read, acknowledged = record.acknowledged,
            refused = record.refused, complete = record.complete, "import ended");
        let entry = NewEntry {
            at_ms: record.finished_ms,
            kind,
            subject: record.mapping.clone(),
            detail: json!(record),
        };
        self.shared.store.append_journal(entry)?;
        self.end_run(record);
        let _ = self.shared.events.try_send(Event::ImportFinished(Box::new(record.clone())));
        Ok(())
    }
}

impl Engine {
    /// Ends an import's rows. That they cannot be kept is no reason for an import to fail.
    fn end_run(&self, record: &ImportRecord) {
        if let Err(error) = self.shared.store.end_run(record) {
            tracing::error!(code = %error.code, "what an import did is not kept: {}", error.message);
        }
    }
}

type Report = Arc<dyn Fn(ImportProgress) + Send + Sync>;

/// What somebody consents to, and whether it is all about this one mapping.
#[derive(Clone, Copy)]
pub(crate) struct Consented<'a> {
    pub consent: &'a Consent,
    pub alone: bool,
    pub by: Option<StartedBy>,
}

impl Consented<'_> {
    /// Nobody has to consent to an import that begins by itself.
    pub fn nothing(by: StartedBy) -> Self {
        Consented { consent: Consent::nothing(), alone: true, by: Some(by) }
    }
}

/// Something else waits than what was approved.
pub(crate) fn stale(list: &ApprovalList) -> Error {
    let text = format!("The list is now {} and has {} people.", list.hash, list.people);
    Error::new(Code::ApprovalStale, text)
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

fn failed_record(
    reached: &ImportProgress,
    started_ms: i64,
    finished_ms: i64,
    error: Error,
) -> ImportRecord {
    ImportRecord {
        mapping: reached.mapping.clone(),
        kind: ImportKind::Full,
        started_by: None,
        started_ms,
        finished_ms,
        complete: false,
        read: reached.read,
        counts: connector_model::Counts::default(),
        acknowledged: reached.acknowledged,
        assumed: 0,
        refused: 0,
        refusals: vec![],
        findings: vec![],
        awaiting_approval: vec![],
        approved: vec![],
        watermark_before: None,
        watermark_after: None,
        resumes_ms: None,
        error: Some(error),
    }
}

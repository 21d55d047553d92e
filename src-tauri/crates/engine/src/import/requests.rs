//! What somebody asks of imports: a preview, a run, an end, a pause.

use crate::engine::Engine;
use crate::import::run::{Consented, stale};
use crate::plan::consent::Consent;
use crate::plan::preview::{self, Preview};
use crate::state::records::{ImportProgress, ImportRecord};
use connector_model::settings::same_name;
use connector_model::{Code, Error, Identity, Mapping, PlannedPerson, Result};
use futures_util::future::BoxFuture;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::mpsc;

impl Engine {
    /// The whole plan of a mapping, stored or not; nothing is sent. `read` rises with the people read, who go to
    /// `people` in pages once the plan is made.
    pub fn preview<'a>(
        &'a self,
        mapping: &'a Mapping,
        read: Arc<AtomicU64>,
        people: Option<mpsc::Sender<Vec<PlannedPerson>>>,
    ) -> BoxFuture<'a, Result<Preview>> {
        Box::pin(async move {
            let (settings, ports) = self.config();
            let (name, directory) = self.directory(Some(&mapping.account))?;
            let now = ports.clock.now_ms();
            self.read_back(mapping).await?;
            self.refresh_unlinked_users().await?;
            let reading = self.reading(&settings, mapping, directory.clone(), now);
            let prepared = self.watched(&name, reading.everybody(read).await)?;
            // Good to know, and no reason to show no preview.
            let groups = directory.odd_groups(mapping).await.unwrap_or_default();
            preview::run(&self.shared.store, mapping, prepared, groups, people).await
        })
    }

    /// Imports one mapping, or all in their order. One record for each; a failure ends only its own mapping.
    /// `approval_stale`: a list that is approved is not, or no longer, one that waits. Of a mapping alone nothing was sent
    /// then.
    pub fn import<'a>(
        &'a self,
        name: Option<&'a str>,
        consent: &'a Consent,
        progress: Option<mpsc::Sender<ImportProgress>>,
    ) -> BoxFuture<'a, Result<Vec<ImportRecord>>> {
        Box::pin(async move {
            let (settings, _) = self.config();
            let mappings = match name {
                Some(name) => vec![settings.mapping(name)?.clone()],
                None => settings.mappings.clone(),
            };
            let mut records = Vec::new();
            for mapping in mappings {
                let (by, alone) = (consent.started_by(), name.is_some());
                let consent = Consented { consent, alone, by };
                records.push(self.import_mapping(&mapping, consent, progress.clone()).await?);
            }
            let known = |record: &ImportRecord| {
                record.approved.iter().chain(&record.awaiting_approval).cloned().collect::<Vec<_>>()
            };
            let known: Vec<_> = records.iter().flat_map(known).collect();
            let waiting = records.iter().flat_map(|record| &record.awaiting_approval).next();
            if let Some(list) = waiting
                && consent.others(&known.iter().collect::<Vec<_>>()).next().is_some()
            {
                return Err(stale(list));
            }
            Ok(records)
        })
    }

    /// Imports only these people of a mapping, as when the directory tells of a change. `None`: nothing was to be done.
    pub fn import_changes<'a>(
        &'a self,
        name: &'a str,
        affected: &'a [Identity],
    ) -> BoxFuture<'a, Result<Option<ImportRecord>>> {
        Box::pin(async move {
            let mapping = self.config().0.mapping(name)?.clone();
            self.import_affected(&mapping, affected, (None, false)).await
        })
    }

    /// Ends the import of one mapping, or all that run. What the cloud acknowledged stays; the next import goes on from there.
    /// `not_found` where none runs.
    pub fn cancel_import(&self, name: Option<&str>) -> Result<()> {
        let running = self.shared.imports.running.lock().map_err(|_| Error::of(Code::Internal))?;
        let meant = |mapping: &str| name.is_none_or(|name| same_name(name, mapping));
        let mut cancelled = 0;
        for (_, import) in running.iter().filter(|(name, _)| meant(name)) {
            import.call_off.token.cancel();
            cancelled += 1;
        }
        if cancelled > 0 {
            return Ok(());
        }
        let text = match name {
            Some(name) => format!("No import of \"{name}\" runs."),
            None => "No import runs.".to_owned(),
        };
        Err(Error::new(Code::NotFound, text)
            .with_action("Look at the status for imports that run."))
    }

    /// Mappings that came from elsewhere: as if they had been changed, they wait until somebody has seen their preview and
    /// imports them.
    pub fn await_preview(&self, mappings: &[String]) -> Result<()> {
        self.shared.store.await_preview(mappings)
    }

    /// No import starts by itself until [`Engine::resume`], whichever engine runs here then; sign-ins go on.
    pub fn pause(&self) -> Result<()> {
        self.set_paused(true)
    }

    /// Imports start by themselves again.
    pub fn resume(&self) -> Result<()> {
        self.set_paused(false)
    }

    fn set_paused(&self, value: bool) -> Result<()> {
        self.shared.store.set_paused(value, self.config().1.clock.now_ms())?;
        self.shared.imports.paused.store(value, Ordering::Relaxed);
        self.shared.life.changed.notify_waiters();
        Ok(())
    }

    /// Whether imports wait for [`Engine::resume`].
    pub fn is_paused(&self) -> bool {
        self.shared.imports.paused.load(Ordering::Relaxed)
    }

    /// Leaves the cloud: whom it has is kept for the SCIM service of that address, should it be joined again.
    pub fn leave_cloud(&self, scim_url: Option<&str>) -> Result<()> {
        self.shared.store.leave_cloud(scim_url)
    }

    /// Joins a cloud: whom it had when it was left is known again.
    pub fn join_cloud(&self, scim_url: &str) -> Result<()> {
        self.shared.store.join_cloud(scim_url)
    }
}

//! Which mappings this connector imports, where several serve one account: the cloud gives each import to one of them.
//! Whoever takes an import over first learns from the cloud what the others have done.

use crate::blocking::blocking;
use crate::engine::Engine;
use crate::state::assignment::{Assignments, Elsewhere, ImportOwner};
use crate::state::records::ImportRecord;
use connector_model::settings::{Settings, same_name};
use connector_model::{Assignment, CloudUser, Code, Error, Mapping, Result};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

/// How long an import waits for the cloud to say whose it is.
const PATIENCE: Duration = Duration::from_secs(10);

/// The term of what was learned while another connector imports: it may be over at any time.
const OTHERS: u64 = 0;

impl Engine {
    /// A session begins that may tell whose the imports are; until then none starts by itself.
    pub fn await_assignments(&self) {
        self.set_assignments(Assignments::Awaited);
    }

    /// The cloud's word: `None` where it leaves imports to the connectors. Imports that have become another's end here.
    pub fn assign(&self, assigned: Option<Vec<Assignment>>) {
        let (settings, _) = self.config();
        let before: Vec<_> = settings.mappings.iter().map(|m| self.import_owner(m)).collect();
        self.set_assignments(assigned.map_or(Assignments::Free, Assignments::Known));
        self.shared.imports.failures.cloud_is_back(self.config().1.clock.now_ms());
        for (mapping, before) in settings.mappings.iter().zip(before) {
            match (before, self.import_owner(mapping)) {
                (_, ImportOwner::Elsewhere(host)) => {
                    tracing::info!(mapping = %mapping.name, %host, "imported by another connector");
                    self.end_imports(Some(&mapping.name));
                }
                // It was another's in between: what runs here was planned before.
                (ImportOwner::Mine { term, .. }, ImportOwner::Mine { term: now, .. })
                    if term != now =>
                {
                    let running = self.shared.imports.running.lock();
                    if running.is_ok_and(|running| running.contains_key(&mapping.name)) {
                        self.goes_on_later(mapping);
                        self.end_imports(Some(&mapping.name));
                    }
                }
                _ => {}
            }
        }
        self.shared.life.changed.notify_waiters();
    }

    /// The session was lost for as long as the cloud leaves imports where they are: another connector may have them now.
    /// Imports end here, and so do rounds of changes; whose they are is told with the next session.
    pub fn session_lost(&self) {
        let known = self.shared.imports.assignments.read();
        if !known.is_ok_and(|known| matches!(*known, Assignments::Known(_))) {
            return;
        }
        tracing::info!("the session is lost: imports wait for the cloud's word");
        self.set_assignments(Assignments::Awaited);
        self.end_imports(None);
        self.shared.life.changed.notify_waiters();
    }

    /// Ends the import of one mapping, or all, where any runs: it may be another connector's by now.
    fn end_imports(&self, mapping: Option<&str>) {
        if let Ok(running) = self.shared.imports.running.lock() {
            let meant =
                running.iter().filter(|(name, _)| mapping.is_none_or(|one| same_name(one, name)));
            meant.for_each(|(_, import)| import.call_off.at_once());
        }
    }

    /// Why an import was called off: by somebody, or because it may be another's.
    pub(crate) fn interrupted(&self, mapping: &Mapping) -> Error {
        if self.import_owner(mapping) != ImportOwner::Awaited {
            return Error::of(Code::Cancelled);
        }
        self.goes_on_later(mapping);
        let text = "The session with the cloud was lost, and another connector may import now.";
        Error::new(Code::CloudUnavailable, text)
    }

    /// An import that was called off, and of which the cloud's answers were heard, is not over.
    pub(crate) fn unless_called_off(
        &self,
        mapping: &Mapping,
        mut record: ImportRecord,
    ) -> ImportRecord {
        if record.error.as_ref().is_some_and(|error| error.code == Code::Cancelled) {
            record.error = Some(self.interrupted(mapping));
            record.complete = false;
        }
        record
    }

    /// What became of an import that was begun while it was `owner`'s. Where the cloud takes nothing more of its term,
    /// nothing is sent until it says anew whose the import is; where it is still this connector's then, it goes on.
    pub(crate) fn unless_given_out_anew(
        &self,
        mapping: &Mapping,
        owner: &ImportOwner,
        error: Error,
    ) -> Error {
        let (Code::ImportElsewhere, ImportOwner::Mine { term, .. }) = (error.code, owner) else {
            return error;
        };
        if let Ok(mut assignments) = self.shared.imports.assignments.write()
            && let Assignments::Known(known) = &mut *assignments
        {
            known.retain(|one| !(one.mine && one.term == *term && is_of(one, mapping)));
        }
        self.goes_on_later(mapping);
        self.shared.life.changed.notify_waiters();
        let text = "The cloud ended this import, and says anew which connector imports.";
        Error::new(Code::CloudUnavailable, text)
    }

    fn goes_on_later(&self, mapping: &Mapping) {
        if let Ok(mut interrupted) = self.shared.imports.interrupted.lock() {
            interrupted.insert(mapping.name.clone());
        }
    }

    /// Whether the import of a mapping was interrupted and is this connector's again; told once.
    pub(crate) fn may_go_on(&self, mapping: &Mapping) -> bool {
        let mine = matches!(self.import_owner(mapping), ImportOwner::Mine { .. });
        let interrupted = self.shared.imports.interrupted.lock();
        mine && interrupted.is_ok_and(|mut interrupted| interrupted.remove(&mapping.name))
    }

    /// Whose import a mapping is.
    pub(crate) fn import_owner(&self, mapping: &Mapping) -> ImportOwner {
        let Ok(assignments) = self.shared.imports.assignments.read() else {
            return ImportOwner::Awaited;
        };
        let known = match &*assignments {
            Assignments::Free => return ImportOwner::Free,
            Assignments::Awaited => return ImportOwner::Awaited,
            Assignments::Known(known) => known,
        };
        // A mapping the cloud has not heard of yet is told in a moment.
        known.iter().find(|one| is_of(one, mapping)).map_or(ImportOwner::Awaited, |one| {
            if one.mine {
                ImportOwner::Mine { term: one.term, imported: one.imported }
            } else {
                ImportOwner::Elsewhere(one.host.clone())
            }
        })
    }

    /// Whether changes may be followed: nobody else does, and what the cloud has is known.
    pub(crate) fn is_up_to_date(&self, mapping: &Mapping) -> bool {
        match self.import_owner(mapping) {
            ImportOwner::Free => true,
            ImportOwner::Mine { term, .. } => {
                self.shared.store.term(&mapping.name).is_ok_and(|t| t == term)
            }
            ImportOwner::Awaited | ImportOwner::Elsewhere(_) => false,
        }
    }

    /// Whether it was imported so far, by another connector or by this one while nobody said whose it is (as by a command where
    /// nothing runs), and this one is to go on: what the cloud has is to be learned.
    pub(crate) fn is_inherited(&self, mapping: &Mapping) -> bool {
        let ImportOwner::Mine { imported, .. } = self.import_owner(mapping) else { return false };
        let here = || self.shared.store.watermark(&mapping.name).is_ok_and(|mark| mark.is_some());
        (imported || here()) && !self.is_up_to_date(mapping)
    }

    /// The mappings that others import.
    pub(crate) fn elsewhere(&self, settings: &Settings) -> Vec<Elsewhere> {
        let others = settings.mappings.iter().filter_map(|m| match self.import_owner(m) {
            ImportOwner::Elsewhere(host) => Some(Elsewhere { mapping: m.name.clone(), host }),
            _ => None,
        });
        others.collect()
    }

    /// Waits until the import of a mapping is this connector's. `import_elsewhere` when it is another's.
    pub(crate) async fn claim(&self, mapping: &Mapping) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let changed = self.shared.life.changed.notified();
            match self.import_owner(mapping) {
                ImportOwner::Free | ImportOwner::Mine { .. } => return Ok(()),
                ImportOwner::Elsewhere(host) => {
                    return Err(Error::new(
                        Code::ImportElsewhere,
                        format!("The connector on {host} imports \"{}\".", mapping.name),
                    ));
                }
                ImportOwner::Awaited if timeout_at(deadline, changed).await.is_ok() => {}
                ImportOwner::Awaited => {
                    return Err(Error::new(
                        Code::CloudUnavailable,
                        "The cloud has not said which connector imports this mapping.",
                    ));
                }
            }
        }
    }

    /// The same for every mapping of the account that this connector imports: people move between them, and names are taken
    /// across them.
    pub(crate) async fn catch_up_account(&self, account: &str) -> Result<()> {
        let (settings, _) = self.config();
        for mapping in settings.mappings.iter().filter(|m| same_name(&m.account, account)) {
            if let ImportOwner::Mine { term, .. } = self.import_owner(mapping) {
                self.catch_up(mapping, term).await?;
            }
        }
        Ok(())
    }

    /// Learns from the cloud whom it has of a mapping, unless this connector was the last to import it.
    async fn catch_up(&self, mapping: &Mapping, term: u64) -> Result<()> {
        let _alone = self.shared.imports.catching_up.lock().await;
        let store = self.shared.store.clone();
        if term == store.term(&mapping.name)? && term != OTHERS {
            return Ok(());
        }
        let ports = self.config().1;
        let delivery = ports.delivery.ok_or_else(|| Error::of(Code::NotRegistered))?;
        let now_ms = ports.clock.now_ms();
        let (pages, mut people) = mpsc::channel::<Vec<CloudUser>>(2);
        let (account, name) = (mapping.account.clone(), mapping.name.clone());
        let keeping = blocking(move || {
            store.begin_cloud_snapshot()?;
            let mut count = 0;
            while let Some(page) = people.blocking_recv() {
                count += page.len();
                store.add_to_cloud_snapshot((&account, &name), &page, now_ms)?;
            }
            Ok((store, count))
        });
        let (read, kept) = tokio::join!(delivery.people_of(mapping, pages), keeping);
        let (store, count) = kept?;
        read?;
        let (name, of, settings) = (mapping.name.clone(), mapping.account.clone(), self.config().0);
        blocking(move || {
            let known = settings.mappings.iter().map(|mapping| mapping.name.as_str());
            let known: Vec<&str> = known.chain([name.as_str()]).collect();
            let left = store.left_behind(&known)?;
            let left: Vec<&str> = left.iter().map(|(mapping, _)| mapping.as_str()).collect();
            let mut others =
                settings.mappings.iter().filter(|other| !same_name(&other.name, &name));
            let heir = others.rfind(|other| same_name(&other.account, &of));
            store.take_cloud_snapshot(&name, term, &left, heir.map(|heir| heir.name.as_str()))
        })
        .await?;
        tracing::info!(mapping = %mapping.name, people = count, term, "caught up with the cloud");
        Ok(())
    }

    /// Before the people of a removed mapping are deactivated: where several connectors serve the account, another one may have
    /// imported them since, into another mapping too.
    pub(crate) async fn catch_up_removed(&self, mapping: &Mapping) -> Result<()> {
        match self.import_owner(mapping) {
            ImportOwner::Free => Ok(()),
            _ => self.catch_up(mapping, OTHERS).await,
        }
    }

    /// Learns who is in the cloud without coming from a directory. Where it does not say, the last word holds.
    pub(crate) async fn refresh_unlinked_users(&self) -> Result<()> {
        let Some(delivery) = self.config().1.delivery else { return Ok(()) };
        match delivery.unlinked_users().await {
            Ok(users) => {
                let store = self.shared.store.clone();
                blocking(move || store.refresh_unlinked_users(&users)).await
            }
            Err(error) => {
                tracing::info!(code = %error.code, "the cloud's other users are not known");
                Ok(())
            }
        }
    }

    /// Before a preview: it compares with what the cloud has, whoever imports.
    pub async fn refresh(&self, mapping: &Mapping) -> Result<()> {
        match self.import_owner(mapping) {
            ImportOwner::Mine { .. } => self.catch_up_account(&mapping.account).await,
            ImportOwner::Elsewhere(_) => self.catch_up(mapping, OTHERS).await,
            ImportOwner::Free | ImportOwner::Awaited => Ok(()),
        }
    }

    fn set_assignments(&self, now: Assignments) {
        if let Ok(mut assignments) = self.shared.imports.assignments.write() {
            *assignments = now;
        }
    }
}

fn is_of(assignment: &Assignment, mapping: &Mapping) -> bool {
    same_name(&assignment.mapping, &mapping.name)
        && same_name(&assignment.account, &mapping.account)
}

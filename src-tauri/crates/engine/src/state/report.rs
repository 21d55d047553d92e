//! What is told: the status of everything, and the journal.

use crate::engine::Engine;
use crate::ports::Event;
use crate::state::import_rows::{
    AwaitingPeople, ImportRun, ImportsQuery, RunPeople, RunPeopleQuery,
};
use crate::state::records::{Alert, AlertKind, LastRefusal, Refused, RefusedPeople};
use crate::state::status::{CloudState, Status};
use crate::state::told::{
    ImportCounts, PeoplePage, PeopleQuery, SignInHour, SignInsPage, SignInsQuery,
};
use crate::store::journal::{JournalEntry, JournalQuery, NewEntry};
use connector_model::settings::{Settings, same_name};
use connector_model::{ApprovalKind, Headline, Identity, Mapping, Result, SettingsChange, Update};
use std::time::Duration;

impl Engine {
    /// The state of everything.
    pub fn status(&self) -> Status {
        let (settings, ports) = self.config();
        let shared = &self.shared;
        let (sign_ins_last_minute, sign_in_p95_ms) = shared.sign_ins.tally.last_minute();
        let last_imports = self.last_imports(&settings);
        let elsewhere = self.elsewhere(&settings);
        let imported = |name: &str| {
            last_imports.iter().any(|import| import.mapping == name)
                || elsewhere.iter().any(|import| import.mapping == name)
        };
        let refused: Vec<Refused> =
            settings.mappings.iter().filter_map(|mapping| self.refused(mapping)).collect();
        let accounts = settings.accounts.iter();
        let refusals = accounts.filter_map(|account| self.refusal_alert(&settings, &account.name));
        let names = settings.mappings.iter().map(|mapping| mapping.name.clone());
        let mut status = Status {
            never_imported: names.filter(|name| !imported(name)).collect(),
            changed: self.changed_mappings(&settings),
            // They are none of the engine's: nothing is done with them.
            proposed: vec![],
            elsewhere: elsewhere.clone(),
            left_behind: self.left_behind(&settings),
            headline: Headline::default(),
            running: true,
            paused: self.is_paused(),
            cloud: shared.health.cloud.read().map(|c| c.clone()).unwrap_or_default(),
            proxy: settings.cloud.as_ref().and_then(|cloud| cloud.proxy.clone()),
            alerts: shared
                .health
                .alerts
                .open()
                .into_iter()
                .chain(self.loss_alert())
                .chain(refusals)
                .collect(),
            importing: shared
                .imports
                .running
                .lock()
                .map(|i| i.values().map(|running| running.progress.clone()).collect())
                .unwrap_or_default(),
            awaiting_approval: last_imports
                .iter()
                .flat_map(|import| import.awaiting_approval.clone())
                .collect(),
            last_imports,
            refused,
            following: self.following(),
            next_import_ms: self
                .next_import(&settings)
                .map(|due| ports.clock.now_ms() + millis(due.wait)),
            missing_passwords: ports.directories.without_password(),
            accounts: settings.accounts.len(),
            mappings: settings.mappings.len(),
            people: shared.store.all_active().unwrap_or_default(),
            sign_ins_last_minute,
            sign_in_p95_ms,
            update: shared.health.update.lock().map(|update| update.clone()).unwrap_or_default(),
        };
        status.headline = status.worst();
        status
    }

    fn refused(&self, mapping: &Mapping) -> Option<Refused> {
        self.shared.store.refused(&mapping.name).ok().flatten()
    }

    /// Tells whether the cloud refuses people of an account that was imported.
    pub(crate) fn tell_refusals(&self, account: &str) {
        let event = match self.refusal_alert(&self.config().0, account) {
            Some(alert) => Event::AlertRaised(alert),
            None => Event::AlertCleared {
                kind: AlertKind::PeopleRefused,
                account: Some(account.to_owned()),
            },
        };
        let _ = self.shared.events.try_send(event);
    }

    /// The alert of an account of which the cloud refuses people, whatever the mapping.
    fn refusal_alert(&self, settings: &Settings, account: &str) -> Option<Alert> {
        let mappings = settings.mappings.iter().filter(|m| same_name(&m.account, account));
        let refused: Vec<Refused> = mappings.filter_map(|m| self.refused(m)).collect();
        let most = refused.iter().max_by_key(|refused| refused.people)?;
        let people: u64 = refused.iter().map(|refused| refused.people).sum();
        Some(Alert {
            kind: AlertKind::PeopleRefused,
            account: Some(account.to_owned()),
            since_ms: refused.iter().map(|r| r.since_ms).min().unwrap_or_default(),
            code: most.error.code,
            message: format!("Refused by the cloud ({people}): {}", most.error.message),
            action: most.error.action.clone(),
        })
    }

    /// How many people of a mapping the cloud refuses now, and since when.
    pub fn refused_people(&self, mapping: &str) -> Result<RefusedPeople> {
        self.shared.store.refused_people(mapping)
    }

    /// Why the cloud refused somebody the last time; `None` where it does not refuse them.
    pub fn last_refusal(&self, identity: &Identity) -> Result<Option<LastRefusal>> {
        self.shared.store.last_refusal(identity)
    }

    /// The journal entries that match, the newest first.
    pub fn journal(&self, asked: &JournalQuery) -> Result<Vec<JournalEntry>> {
        self.shared.store.journal(asked)
    }

    /// Imports of the past, the newest first, failed ones too.
    pub fn imports(&self, asked: &ImportsQuery) -> Result<Vec<ImportRun>> {
        self.shared.store.runs(asked)
    }

    /// One import of the past; `not_found` where it is not kept.
    pub fn import_run(&self, run: i64) -> Result<ImportRun> {
        self.shared.store.run(run)
    }

    /// The people of an import, with what it did to them and why.
    pub fn import_people(&self, run: i64, asked: &RunPeopleQuery) -> Result<RunPeople> {
        self.shared.store.run_people(run, asked)
    }

    /// The people of a list that waits for its approval: exactly those of its hash.
    pub fn awaiting_people(
        &self,
        mapping: &str,
        kind: ApprovalKind,
        asked: &RunPeopleQuery,
    ) -> Result<AwaitingPeople> {
        self.shared.store.awaiting_people(mapping, kind, asked)
    }

    /// Everybody whom the cloud has or the last imports left out, from what is remembered alone.
    pub fn people(&self, asked: &PeopleQuery) -> Result<PeoplePage> {
        let (settings, _) = self.config();
        let names: Vec<&str> = settings.mappings.iter().map(|m| m.name.as_str()).collect();
        self.shared.store.people(&names, asked)
    }

    /// Sign-ins, the newest first.
    pub fn sign_ins(&self, asked: &SignInsQuery) -> Result<SignInsPage> {
        self.shared.store.sign_ins("sign_in", asked)
    }

    /// Look-ups for mass deployment, the newest first.
    pub fn activations(&self, asked: &SignInsQuery) -> Result<SignInsPage> {
        self.shared.store.sign_ins("activation", asked)
    }

    /// What imports did from that moment on, by mapping and hour, the oldest first.
    pub fn import_hours(&self, from_ms: i64) -> Result<Vec<(String, ImportCounts)>> {
        self.shared.store.import_hours(from_ms)
    }

    /// Sign-ins from that moment on, hour by hour.
    pub fn sign_in_hours(&self, from_ms: i64) -> Result<Vec<SignInHour>> {
        self.shared.store.sign_in_hours(from_ms)
    }

    /// Notes a change of settings in the journal; back once that is on the disk.
    pub async fn note_settings(&self, what: SettingsChange, detail: serde_json::Value) {
        self.shared.journal.keep(self.entry("settings", what.as_str(), detail)).await;
    }

    /// Notes in the journal what became of an update; back once that is on the disk.
    pub async fn note_update(&self, version: &str, detail: serde_json::Value) {
        self.shared.journal.keep(self.entry("update", version, detail)).await;
    }

    /// An entry of the journal about this moment.
    pub(crate) fn entry(
        &self,
        kind: &'static str,
        subject: &str,
        detail: serde_json::Value,
    ) -> NewEntry {
        let at_ms = self.config().1.clock.now_ms();
        NewEntry { at_ms, kind, subject: subject.to_owned(), detail }
    }

    /// Told by the session with the cloud.
    pub fn set_cloud_state(&self, state: CloudState) {
        if let Ok(mut cloud) = self.shared.health.cloud.write() {
            *cloud = state;
        }
    }

    /// Tells of a later version of the program.
    pub fn set_update(&self, update: Option<Update>) {
        if let Ok(mut known) = self.shared.health.update.lock() {
            *known = update;
        }
    }
}

fn millis(wait: Duration) -> i64 {
    i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)
}

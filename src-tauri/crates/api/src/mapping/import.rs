//! Imports on the administrator's word.

use crate::host::Host;
use connector_engine::Consent;
use connector_engine::records::{Deactivation, ImportProgress, ImportRecord};
use connector_model::{Code, Error, Result};
use connector_platform::upgrade;
use tokio::sync::mpsc;

impl Host {
    /// Imports wait until [`Host::resume`], over restarts; sign-ins go on.
    pub fn pause(&self) -> Result<()> {
        self.must_last()?;
        self.engine().pause()
    }

    /// Imports run again.
    pub fn resume(&self) -> Result<()> {
        self.must_last()?;
        self.engine().resume()
    }

    /// Ends the import of a mapping, or all that run; what the cloud acknowledged stays.
    pub fn cancel_import(&self, name: Option<&str>) -> Result<()> {
        self.must_last()?;
        if let Some(name) = name {
            self.mapping(name)?;
        }
        self.engine().cancel_import(name)
    }

    /// Imports one mapping or all; it goes on when the front door that asked for it is closed.
    pub async fn import(
        &self,
        name: Option<String>,
        consent: Consent,
        reports: mpsc::Sender<ImportProgress>,
    ) -> Result<Vec<ImportRecord>> {
        if let Some(name) = &name {
            self.mapping(name)?;
        }
        let engine = self.engine().clone();
        let consent = consent.started(self.asker().starts());
        let work = async move { engine.import(name.as_deref(), &consent, Some(reports)).await };
        let records = tokio::spawn(work).await.map_err(|_| Error::of(Code::Internal))??;
        if !self.kind().lasts() {
            // Where imports are all that ever runs, nothing else ends the trial of a new version.
            upgrade::settle(&self.home)?;
        }
        Ok(records)
    }

    /// Deactivates whom a removed mapping left behind, once exactly that list is approved; it goes on when the front door that
    /// asked for it is closed.
    pub async fn deactivate_left_behind(
        &self,
        mapping: String,
        approve: Option<String>,
    ) -> Result<Deactivation> {
        let engine = self.engine().clone();
        let work = async move { engine.deactivate_left_behind(&mapping, approve.as_deref()).await };
        tokio::spawn(work).await.map_err(|_| Error::of(Code::Internal))?
    }

    /// There is nothing to hold or to end of an engine that runs for this command alone.
    fn must_last(&self) -> Result<()> {
        if self.kind().lasts() { Ok(()) } else { Err(Error::of(Code::ServiceStopped)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::door::{opened_as, unheard};

    #[tokio::test]
    async fn an_import_without_a_service_ends_the_trial_of_a_new_version() {
        let folder = tempfile::tempdir().unwrap();
        for version in ["1.0.0", "1.1.0"] {
            let host = opened_as(folder.path(), version).await;
            host.import(None, Consent::default(), unheard()).await.unwrap();
            assert!(!upgrade::is_on_trial(&host.home));
            let before = upgrade::earlier_version(&host.home).unwrap();
            assert_eq!(before.as_deref(), Some("1.0.0"), "there was one");
            host.close().await;
        }
    }
}

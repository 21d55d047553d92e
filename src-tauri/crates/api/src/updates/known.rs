//! What is known of updates: kept in the home, so that the version after this one knows what was tried.

use connector_model::{Code, Error, Result, Update, UpdateInstall, UpdateSettings, UpdateState};
use connector_platform::{Home, update::Outcome, upgrade, write_atomically};
use serde::{Deserialize, Serialize};

/// In the folder of updates.
const FILE: &str = "state.json";
/// How long somebody who installs may take, in milliseconds: half an hour.
const PATIENCE_MS: i64 = 30 * 60 * 1000;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Known {
    /// When it was looked for, milliseconds since 1970-01-01 UTC.
    pub checked_ms: Option<i64>,
    /// Why nothing is known since then.
    pub error: Option<Error>,
    pub offered: Option<Offered>,
    pub attempt: Option<Attempt>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Offered {
    pub version: String,
    pub notes: Option<String>,
    /// Where the offer came from.
    pub url: String,
}

/// What was done about a version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Attempt {
    pub version: String,
    pub since_ms: i64,
    pub state: UpdateState,
    pub failure: Option<Error>,
}

impl Attempt {
    /// Whether it is approved and no administrator agreed when asked: one may be asked again, or do it by hand.
    pub fn was_declined(&self) -> bool {
        self.state == UpdateState::Approved && self.failure.is_some()
    }

    fn shown(&self) -> UpdateState {
        if self.was_declined() { UpdateState::Available } else { self.state }
    }
}

impl Known {
    /// What the home knows, for a program of that version.
    pub fn load(home: &Home, own: &str) -> Self {
        let text = std::fs::read(home.update_dir().join(FILE)).unwrap_or_default();
        let mut known: Self = serde_json::from_slice(&text).unwrap_or_default();
        known.offered = known.offered.filter(|offered| upgrade::is_later(&offered.version, own));
        // Whoever downloaded is gone; and what is not later than this program is not waited for any more, unless it has arrived.
        let arrived = known.has_arrived(own);
        known.attempt = known.attempt.filter(|attempt| {
            let later = upgrade::is_later(&attempt.version, own);
            attempt.state != UpdateState::Downloading && (later || arrived)
        });
        known
    }

    pub fn save(&self, home: &Home) -> Result<()> {
        let text = serde_json::to_vec_pretty(self).unwrap_or_default();
        write_atomically(&home.update_dir().join(FILE), &text)
    }

    /// For window, tray and command line.
    pub fn update(&self, settings: &UpdateSettings) -> Option<Update> {
        let offered = self.offered.as_ref()?;
        let attempt = self.attempt.as_ref().filter(|attempt| attempt.version == offered.version);
        let by_itself = settings.install == UpdateInstall::Window && attempt.is_none();
        Some(Update {
            version: offered.version.clone(),
            notes: offered.notes.clone(),
            state: attempt.map_or(UpdateState::Available, Attempt::shown),
            failure: attempt.and_then(|attempt| attempt.failure.clone()),
            window: by_itself.then(|| format!("{}-{}", settings.from, settings.to)),
        })
    }

    /// The version that somebody is about to install.
    pub fn pending(&self) -> Option<&Attempt> {
        self.attempt.as_ref().filter(|attempt| {
            matches!(attempt.state, UpdateState::Approved | UpdateState::Installing)
        })
    }

    /// The version to be installed without anybody's word: never one that was tried.
    pub fn fresh(&self) -> Option<&Offered> {
        let tried = |version: &str| self.attempt.as_ref().is_some_and(|a| a.version == version);
        self.offered.as_ref().filter(|offered| !tried(&offered.version))
    }

    pub fn begin(&mut self, version: &str, now_ms: i64) {
        let (version, state) = (version.to_owned(), UpdateState::Downloading);
        self.attempt = Some(Attempt { version, since_ms: now_ms, state, failure: None });
    }

    pub fn is_at(&mut self, state: UpdateState) {
        if let Some(attempt) = &mut self.attempt {
            attempt.state = state;
        }
    }

    /// Where the version is to blame it stays known as one that was tried.
    pub fn failed(&mut self, failure: Error) {
        if passes(failure.code) {
            self.attempt = None;
        } else if let Some(attempt) = &mut self.attempt {
            attempt.state = UpdateState::Failed;
            attempt.failure = Some(failure);
        }
    }

    pub fn declined(&mut self, failure: Error) {
        if let Some(attempt) = &mut self.attempt {
            attempt.failure = Some(failure);
        }
    }

    pub fn asked_again(&mut self, now_ms: i64) {
        if let Some(attempt) = &mut self.attempt {
            (attempt.since_ms, attempt.failure) = (now_ms, None);
        }
    }

    /// This program is what was to be installed.
    pub fn has_arrived(&self, own: &str) -> bool {
        self.pending().is_some_and(|attempt| attempt.version == own)
    }

    pub fn arrived(&mut self) {
        self.attempt = None;
        self.offered = None;
    }

    /// Whether an outcome is of what was tried.
    pub fn belongs(&self, outcome: &Outcome) -> bool {
        let meant = |a: &Attempt| outcome.version.is_empty() || a.version == outcome.version;
        self.pending().is_some_and(meant)
    }

    pub fn is_overdue(&self, now_ms: i64) -> bool {
        self.pending().is_some_and(|attempt| now_ms - attempt.since_ms > PATIENCE_MS)
    }
}

/// Whether a failure says nothing about the version: the network, the disk, somebody else who installs something.
fn passes(code: Code) -> bool {
    !matches!(
        code,
        Code::UpdateFailed | Code::UpdateInvalid | Code::UpdateOutdated | Code::UpdateUntrusted
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(version: &str) -> Known {
        let offered = Offered { version: version.into(), notes: None, url: String::new() };
        Known { offered: Some(offered), ..Default::default() }
    }

    #[test]
    fn a_version_that_failed_is_never_tried_again_by_itself_but_the_next_is() {
        let mut known = offered("2.0.0");
        assert!(known.fresh().is_some());
        known.begin("2.0.0", 0);
        assert!(known.fresh().is_none());
        known.failed(Error::of(Code::UpdateFailed));
        assert!(known.fresh().is_none());
        let settings =
            UpdateSettings { install: UpdateInstall::Window, ..UpdateSettings::default() };
        let update = known.update(&settings).unwrap();
        assert_eq!((update.state, update.window), (UpdateState::Failed, None));
        known.offered = offered("2.1.0").offered;
        assert_eq!(known.fresh().unwrap().version, "2.1.0");
        let update = known.update(&settings).unwrap();
        let expected = (UpdateState::Available, Some("02:00-04:00".to_owned()));
        assert_eq!((update.state, update.window), expected);
    }

    #[test]
    fn a_network_that_fails_says_nothing_about_the_version() {
        let mut known = offered("2.0.0");
        known.begin("2.0.0", 0);
        known.failed(Error::of(Code::CloudUnavailable));
        assert_eq!(known.fresh().unwrap().version, "2.0.0");
        assert_eq!(known.update(&UpdateSettings::default()).unwrap().state, UpdateState::Available);
    }

    #[test]
    fn one_that_no_administrator_agreed_to_is_offered_again_and_still_waited_for() {
        let mut known = offered("2.0.0");
        known.begin("2.0.0", 0);
        known.is_at(UpdateState::Approved);
        known.declined(Error::of(Code::ServiceForbidden));
        let update = known.update(&UpdateSettings::default()).unwrap();
        assert_eq!(update.state, UpdateState::Available);
        assert_eq!(update.failure.unwrap().code, Code::ServiceForbidden);
        assert!(known.pending().is_some_and(Attempt::was_declined) && known.fresh().is_none());
        known.asked_again(7);
        let update = known.update(&UpdateSettings::default()).unwrap();
        assert_eq!((update.state, update.failure), (UpdateState::Approved, None));
    }

    #[test]
    fn it_outlives_a_restart_and_an_older_offer_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(Some(folder.path().to_owned())).unwrap();
        std::fs::create_dir(home.update_dir()).unwrap();
        let mut known = offered("2.0.0");
        known.begin("2.0.0", 5);
        known.is_at(UpdateState::Approved);
        known.save(&home).unwrap();
        assert_eq!(Known::load(&home, "1.0.0"), known);
        assert!(!known.has_arrived("1.0.0") && known.has_arrived("2.0.0"));
        assert!(!known.is_overdue(PATIENCE_MS) && known.is_overdue(PATIENCE_MS + 6));
        assert_eq!(Known::load(&home, "2.0.0").offered, None);
        assert!(Known::load(&home, "2.0.0").has_arrived("2.0.0"));
        assert_eq!(Known::load(&home, "2.0.1").attempt, None, "another way led further");
        let outcome = |version: &str| Outcome { version: version.into(), failure: None };
        assert!(known.belongs(&outcome("2.0.0")) && !known.belongs(&outcome("1.9.0")));
    }
}

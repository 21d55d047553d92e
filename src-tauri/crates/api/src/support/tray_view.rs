//! What a tray icon shows: a state by shape and colour, what matters most, which entries do something.

use connector_engine::{CloudState, Status};
use connector_model::{Error, Headline, Result, UpdateState};

/// Four states; each has a shape and a colour of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrayState {
    /// Everything works.
    Connected,
    /// An import runs.
    Working,
    /// Somebody has to look.
    Attention,
    /// Nothing can be asked of the connector.
    Disconnected,
}

/// A tray icon and its menu, before it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrayView {
    /// Shape and colour.
    pub state: TrayState,
    /// Tooltip and first line of the menu: what matters most, or why it is not known.
    pub headline: Result<Headline>,
    /// Whether imports wait: the menu then offers to resume.
    pub paused: bool,
    /// Whether an import can be started.
    pub can_import: bool,
    /// Whether there is an engine to pause.
    pub can_pause: bool,
    /// A later version that waits for somebody's word.
    pub update: Option<String>,
}

impl TrayView {
    /// The view of a status; the same order of importance as its headline.
    pub fn of(status: &Status) -> Self {
        let linked =
            matches!(status.cloud, CloudState::Connected { .. } | CloudState::DeliveryOnly);
        let waits = |i: &connector_engine::records::ImportRecord| {
            !i.awaiting_approval.is_empty() || i.error.is_some()
        };
        let state = if !status.running || (!linked && !status.paused) {
            TrayState::Disconnected
        } else if status.paused || !status.alerts.is_empty() || !status.missing_passwords.is_empty()
        {
            TrayState::Attention
        } else if !status.importing.is_empty() {
            TrayState::Working
        } else if status.last_imports.iter().any(waits)
            || !status.never_imported.is_empty()
            || !status.changed.is_empty()
            || !status.proposed.is_empty()
            || status.mappings == 0
        {
            // Where there is no mapping nothing is wrong, but nobody is imported either.
            TrayState::Attention
        } else {
            TrayState::Connected
        };
        Self {
            state,
            headline: Ok(status.headline.clone()),
            paused: status.paused,
            can_import: status.running
                && linked
                && !status.paused
                && status.mappings > 0
                && status.importing.is_empty(),
            can_pause: status.running,
            update: status
                .update
                .as_ref()
                .filter(|update| waits_for_word(update.state))
                .map(|update| update.version.clone()),
        }
    }

    /// The view where the status itself cannot be told.
    pub fn failed(error: &Error) -> Self {
        Self {
            state: TrayState::Disconnected,
            headline: Err(error.clone()),
            paused: false,
            can_import: false,
            can_pause: false,
            update: None,
        }
    }
}

fn waits_for_word(state: UpdateState) -> bool {
    matches!(state, UpdateState::Available | UpdateState::Failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use connector_engine::records::{Alert, AlertKind, ImportProgress};
    use connector_model::Code;
    use serde_json::json;

    fn status() -> Status {
        let text = json!({
            "headline": { "kind": "imported", "values": { "people": 1 } }, "running": true, "paused": false, "cloud": { "state": "connected", "since_ms": 1 },
            "alerts": [], "importing": [], "last_imports": [], "never_imported": [], "next_import_ms": null, "accounts": 1,
            "mappings": 1, "people": 1, "sign_ins_last_minute": 0, "sign_in_p95_ms": null,
        });
        serde_json::from_value(text).unwrap()
    }

    #[test]
    fn a_setup_that_is_not_finished_is_no_green_tick_and_a_pause_starts_no_import() {
        let mut now = status();
        now.mappings = 0;
        assert_eq!(TrayView::of(&now).state, TrayState::Attention);
        let mut now = status();
        now.proposed = vec!["All".into()];
        assert_eq!(TrayView::of(&now).state, TrayState::Attention);
        let mut now = status();
        now.paused = true;
        assert!(!TrayView::of(&now).can_import);
    }

    #[test]
    fn the_worst_that_matters_decides_the_shape() {
        let mut now = status();
        assert_eq!(TrayView::of(&now).state, TrayState::Connected);
        assert!(TrayView::of(&now).can_import);
        now.importing.push(ImportProgress::default());
        assert_eq!(TrayView::of(&now).state, TrayState::Working);
        assert!(!TrayView::of(&now).can_import);
        now.alerts.push(Alert {
            kind: AlertKind::DirectoryConnection,
            account: None,
            since_ms: 0,
            code: Code::Timeout,
            message: String::new(),
            action: String::new(),
        });
        assert_eq!(TrayView::of(&now).state, TrayState::Attention);
        now.cloud = CloudState::Revoked;
        assert_eq!(TrayView::of(&now).state, TrayState::Disconnected);
        assert_eq!(TrayView::of(&now).update, None);
        let update = json!({ "version": "2.0.0", "state": "available" });
        now.update = serde_json::from_value(update).unwrap();
        assert_eq!(TrayView::of(&now).update.as_deref(), Some("2.0.0"));
        now.running = false;
        let view = TrayView::of(&now);
        assert_eq!(
            (view.state, view.can_import, view.can_pause),
            (TrayState::Disconnected, false, false)
        );
    }
}

//! What administrators decide: mappings, and parts of the directory on other servers.

use super::{CONTAINERS, DEPARTMENTS, History};
use connector_model::Settings;
use connector_model::settings::{CloudKind, CloudSettings};
use rand::RngExt;

impl History<'_> {
    pub(super) fn administrator_edits(&mut self) {
        let mut changed = false;
        if self.chance(0.15) && !self.settings.mappings.is_empty() {
            let at = self.random.random_range(0..self.settings.mappings.len());
            let kept = self.random.random_range(0..=3);
            self.settings.mappings[at].department =
                DEPARTMENTS[..kept].iter().map(ToString::to_string).collect();
            changed = true;
        }
        if self.chance(0.06) && !self.settings.mappings.is_empty() {
            let at = self.random.random_range(0..self.settings.mappings.len());
            self.removed.push(self.settings.mappings.remove(at));
            changed = true;
        } else if self.chance(0.4)
            && let Some(mapping) = self.removed.pop()
        {
            let at = self.random.random_range(0..=self.settings.mappings.len());
            self.settings.mappings.insert(at, mapping);
            changed = true;
        }
        if changed {
            self.tell_settings();
        }
        if self.chance(0.06) {
            let place = CONTAINERS[self.random.random_range(0..3)].to_lowercase();
            let mut state = self.directory.state.lock().unwrap();
            if !state.far.remove(&place) {
                state.far.insert(place);
            }
        }
        if self.chance(0.04) {
            let mut state = self.directory.state.lock().unwrap();
            state.vague = !state.vague;
        }
    }

    /// From now on nothing fails; what was decided stays, or is taken back.
    pub(super) fn quieten(&mut self) {
        let (back, home) = (self.chance(0.7), self.chance(0.5));
        if back && !self.removed.is_empty() {
            self.settings.mappings.append(&mut self.removed);
            self.tell_settings();
        }
        let mut state = self.directory.state.lock().unwrap();
        state.vague = false;
        if home {
            state.far.clear();
        }
    }
}

/// One account with two mappings, the first of which goes first.
pub(super) fn settings() -> Settings {
    let mut settings = crate::support::settings(&[("First", None), ("Rest", None)]);
    settings.import.batch_size = 4;
    (settings.import.removal_limit_percent, settings.import.removal_limit_people) = (20, 3);
    let url = "https://scim.example.org".to_owned();
    settings.cloud = Some(CloudSettings {
        kind: CloudKind::Scim,
        scim_url: url.clone(),
        url,
        connector_id: String::new(),
        ca_pem: None,
        ports: vec![443],
        proxy: None,
    });
    let first = serde_json::json!({
        "name": "First", "account": "corp", "base_dn": "DC=x", "units": [CONTAINERS[0]]
    });
    settings.mappings[0] = serde_json::from_value(first).unwrap();
    settings
}

//! Settings that are not cloud, accounts or mappings: read and changed as a whole or in part.

use crate::host::Host;
use crate::updates;
use connector_model::settings::{ImportSettings, NextCloud, ProxySettings, SignInSettings};
use connector_model::{Code, Error, Result, Settings, SettingsChange, UpdateSettings};
use serde::{Deserialize, Serialize};

/// Levels of the log, from quiet to loud.
const LEVELS: [&str; 5] = ["error", "warn", "info", "debug", "trace"];

/// The rules as shown.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SettingsView {
    /// Level of the log.
    pub log_level: String,
    /// Proxy on the way to the cloud.
    pub proxy: Option<ProxySettings>,
    /// What the next registration starts from.
    pub next: Option<NextCloud>,
    /// Whether mappings are taken from the cloud's console; each waits for an approval here.
    pub mappings_from_cloud: bool,
    /// Attributes that the cloud's mappings may use besides the usual ones.
    pub cloud_attributes: Vec<String>,
    /// Import rules.
    pub import: ImportSettings,
    /// Sign-in protection.
    pub sign_in: SignInSettings,
    /// When updates of the program are looked for and installed.
    pub updates: UpdateSettings,
}

/// What is to be changed; what is left out stays.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(optional_fields))]
pub struct SettingsPatch {
    /// See [`SettingsView::log_level`].
    pub log_level: Option<String>,
    /// See [`SettingsView::mappings_from_cloud`].
    pub mappings_from_cloud: Option<bool>,
    /// See [`SettingsView::cloud_attributes`].
    pub cloud_attributes: Option<Vec<String>>,
    /// See [`SettingsView::import`].
    pub import: Option<ImportSettings>,
    /// See [`SettingsView::sign_in`].
    pub sign_in: Option<SignInSettings>,
    /// See [`SettingsView::updates`].
    pub updates: Option<UpdateSettings>,
}

impl Host {
    /// The rules.
    pub fn rules(&self) -> Result<SettingsView> {
        Ok(view(self.settings()?))
    }

    /// Changes rules; a value out of bounds changes nothing.
    pub async fn change_rules(&self, patch: SettingsPatch) -> Result<SettingsView> {
        self.change(SettingsChange::SettingsChanged, move |settings| {
            if let Some(level) = patch.log_level {
                settings.log_level = level;
            }
            if let Some(allowed) = patch.mappings_from_cloud {
                settings.mappings_from_cloud = allowed;
            }
            if let Some(attributes) = patch.cloud_attributes {
                settings.cloud_attributes = attributes;
            }
            if let Some(import) = patch.import {
                settings.import = import;
            }
            if let Some(sign_in) = patch.sign_in {
                settings.sign_in = sign_in;
            }
            if let Some(updates) = patch.updates {
                settings.updates = updates::checked(updates)?;
            }
            check_rules(settings)?;
            Ok(view(settings.clone()))
        })
        .await
    }
}

/// Whether every rule is within its bounds.
pub(crate) fn check_rules(settings: &Settings) -> Result<()> {
    let level = &settings.log_level;
    if !LEVELS.contains(&level.as_str()) {
        let text = format!("\"{level}\" is not a log level.");
        return Err(wrong(text, "Use error, warn, info, debug or trace.", "log_level"));
    }
    for name in &settings.cloud_attributes {
        name.parse::<connector_model::filter::Attribute>().map_err(|e| e.at("cloud_attributes"))?;
    }
    let import = &settings.import;
    between(import.interval_hours, 1, 24 * 31, "interval_hours")?;
    between(import.removal_limit_percent, 0, 100, "removal_limit_percent")?;
    between(import.removal_limit_people, 0, 1_000_000, "removal_limit_people")?;
    between(import.batch_size, 1, 1000, "batch_size")?;
    let sign_in = &settings.sign_in;
    between(sign_in.wrong_attempts, 1, 1000, "wrong_attempts")?;
    between(sign_in.window_minutes, 1, 24 * 60, "window_minutes")?;
    between(sign_in.deadline_seconds, 1, 60, "deadline_seconds")?;
    updates::checked(settings.updates.clone()).map(drop)
}

fn view(settings: Settings) -> SettingsView {
    SettingsView {
        log_level: settings.log_level,
        proxy: settings.cloud.and_then(|cloud| cloud.proxy),
        next: settings.next,
        mappings_from_cloud: settings.mappings_from_cloud,
        cloud_attributes: settings.cloud_attributes,
        import: settings.import,
        sign_in: settings.sign_in,
        updates: settings.updates,
    }
}

fn between(value: u32, least: u32, most: u32, field: &str) -> Result<()> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    let text = format!("{value} is out of range.");
    Err(wrong(text, &format!("Use a number from {least} to {most}."), field))
}

fn wrong(text: String, action: &str, field: &str) -> Error {
    Error::new(Code::InvalidInput, text).with_action(action).at(field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::door::input;
    use serde_json::json;

    #[test]
    fn what_is_shown_is_no_change_as_a_whole() {
        let refused = |value| input::read::<SettingsPatch>(value).unwrap_err();
        let error = refused(json!({ "log_level": "warn", "next": null }));
        assert_eq!((error.code, error.field.as_deref()), (Code::InvalidInput, Some("next")));
        let shown = serde_json::to_value(view(Settings::default())).unwrap();
        assert_eq!(refused(shown).code, Code::InvalidInput);
    }
}

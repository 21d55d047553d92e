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
            let before = settings.clone();
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
            check_changed(settings, Some(&before))?;
            Ok(view(settings.clone()))
        })
        .await
    }
}

/// Whether every rule is within its bounds.
pub(crate) fn check_rules(settings: &Settings) -> Result<()> {
    check_changed(settings, None)
}

/// Whether every rule that is not as before is within its bounds: what somebody wrote into the file stops no other change.
fn check_changed(settings: &Settings, before: Option<&Settings>) -> Result<()> {
    let level = &settings.log_level;
    let as_before = before.is_some_and(|before| before.log_level == *level);
    if !as_before && !LEVELS.contains(&level.as_str()) {
        let text = format!("\"{level}\" is not a log level.");
        return Err(wrong(text, "Use error, warn, info, debug or trace.", "log_level"));
    }
    for name in &settings.cloud_attributes {
        name.parse::<connector_model::filter::Attribute>().map_err(|e| e.at("cloud_attributes"))?;
    }
    let numbers_before = before.map(numbers);
    for (at, (field, value, least, most)) in numbers(settings).into_iter().enumerate() {
        if numbers_before.is_none_or(|before| before[at].1 != value) {
            between(value, least, most, field)?;
        }
    }
    if before.is_none_or(|before| before.updates != settings.updates) {
        updates::checked(settings.updates.clone())?;
    }
    Ok(())
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

/// Every number: its name, value, and bounds.
fn numbers(settings: &Settings) -> [(&'static str, u32, u32, u32); 7] {
    let (import, sign_in) = (&settings.import, &settings.sign_in);
    [
        ("interval_hours", import.interval_hours, 1, 24 * 31),
        ("removal_limit_percent", import.removal_limit_percent, 0, 100),
        ("removal_limit_people", import.removal_limit_people, 0, 1_000_000),
        ("batch_size", import.batch_size, 1, 1000),
        ("wrong_attempts", sign_in.wrong_attempts, 1, 1000),
        ("window_minutes", sign_in.window_minutes, 1, 24 * 60),
        ("deadline_seconds", sign_in.deadline_seconds, 1, 60),
    ]
}

fn between(value: u32, least: u32, most: u32, field: &str) -> Result<()> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    let text = format!("{field} is {value}, which is out of range.");
    Err(wrong(text, &format!("Use a number from {least} to {most}."), field))
}

fn wrong(text: String, action: &str, field: &str) -> Error {
    Error::new(Code::InvalidInput, text).with_action(action).at(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_out_of_range_stops_only_a_change_of_itself() {
        let mut before = Settings::default();
        before.import.batch_size = 0;
        before.log_level = "loud".to_owned();
        let field = |error: Error| error.field.unwrap_or_default();
        assert_eq!(check_rules(&before).map_err(field), Err("log_level".to_owned()));
        let mut after = before.clone();
        after.import.interval_hours = 12;
        assert_eq!(check_changed(&after, Some(&before)).map_err(field), Ok(()));
        after.import.batch_size = 1001;
        assert_eq!(
            check_changed(&after, Some(&before)).map_err(field),
            Err("batch_size".to_owned())
        );
    }
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

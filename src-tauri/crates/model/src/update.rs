//! Updates of the program: what an administrator decides about them, and what is shown of one.

use crate::{Code, Error, Result};
use serde::{Deserialize, Serialize};

/// When updates are looked for and installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct UpdateSettings {
    /// Whether the connector looks for updates by itself, daily.
    pub check: bool,
    /// Who says when an update is installed.
    pub install: UpdateInstall,
    /// Begin of the maintenance window, `HH:MM` in local time.
    pub from: String,
    /// Its end; before `from` where it goes over midnight.
    pub to: String,
    /// Address of the signed offer (`https` only); by default `updates/connector.json` of the registered cloud.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub url: Option<String>,
}

impl Default for UpdateSettings {
    fn default() -> Self {
        Self {
            check: true,
            install: UpdateInstall::Ask,
            from: "02:00".to_owned(),
            to: "04:00".to_owned(),
            url: None,
        }
    }
}

/// Who says when an update is installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum UpdateInstall {
    /// An administrator, each time.
    #[default]
    Ask,
    /// Nobody: in the maintenance window.
    Window,
}

/// An update, for window, tray and command line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Update {
    /// Version that is offered.
    pub version: String,
    /// What is new in it, as its makers say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub notes: Option<String>,
    /// How far it is.
    pub state: UpdateState,
    /// Why it was not installed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub failure: Option<Error>,
    /// The maintenance window in which it is installed by itself, such as `02:00-04:00`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub window: Option<String>,
}

/// How far an update is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum UpdateState {
    /// It was found; nothing of it was downloaded.
    Available,
    /// It is on its way here.
    Downloading,
    /// It was downloaded and verified; what installs it has not begun.
    Approved,
    /// It is being installed.
    Installing,
    /// It is on the disk; this program is still the one before it.
    Installed,
    /// It was not installed, or did not run: the version before it goes on.
    Failed,
}

/// Minutes since midnight of a time of day like `02:00`.
pub fn minutes_of(text: &str, field: &str) -> Result<u32> {
    let wrong = || {
        Error::new(Code::InvalidInput, format!("\"{text}\" is not a time of day."))
            .with_action("Write it like 02:00.")
            .at(field)
    };
    let (hours, minutes) = text.split_once(':').ok_or_else(wrong)?;
    let number = |part: &str, most: u32| -> Result<u32> {
        let digits = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        part.parse().ok().filter(|n: &u32| digits && *n <= most).ok_or_else(wrong)
    };
    Ok(number(hours, 23)? * 60 + number(minutes, 59)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read_strictly() {
        assert_eq!(minutes_of("00:00", "from").unwrap(), 0);
        assert_eq!(minutes_of("23:59", "from").unwrap(), 1439);
        for wrong in ["24:00", "2:00", "02:60", "+2:00", "0200", "", "02:00:00"] {
            let error = minutes_of(wrong, "to").unwrap_err();
            assert_eq!((error.code, error.field.as_deref()), (Code::InvalidInput, Some("to")));
        }
    }
}

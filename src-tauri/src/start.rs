//! How the program starts: at log-on by itself, or by hand.

use connector_model::{Code, Error, Result};
use serde::{Deserialize, Serialize};
use tauri::AppHandle;
use tauri_plugin_autostart::ManagerExt;

/// How the program starts.
#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// With the user's session, without a window.
    LogOn,
    /// Only when somebody starts it.
    ByHand,
}

impl Start {
    /// As it is now.
    pub fn of(app: &AppHandle) -> Result<Self> {
        let on = app.autolaunch().is_enabled().map_err(|e| failed(&e))?;
        Ok(if on { Self::LogOn } else { Self::ByHand })
    }

    /// From now on.
    pub fn set(self, app: &AppHandle) -> Result<()> {
        let launch = app.autolaunch();
        match self {
            Self::LogOn => launch.enable().map_err(|e| failed(&e)),
            Self::ByHand if launch.is_enabled().unwrap_or(false) => {
                launch.disable().map_err(|e| failed(&e))
            }
            Self::ByHand => Ok(()),
        }
    }
}

fn failed(error: &dyn std::fmt::Display) -> Error {
    Error::new(Code::StorageFailed, format!("The start at log-on cannot be changed: {error}."))
        .at("start")
}

//! How the program starts: at log-on by itself, or by hand; where a service has the home, that starts with the machine.

use connector_api::Door;
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
    /// A service has the home: its manager starts it, and no window changes that.
    Service,
}

impl Start {
    /// As it is now.
    pub fn of(door: &Door, app: &AppHandle) -> Result<Self> {
        if let Door::There(there) = door
            && there.is_anothers()
        {
            return Ok(Self::Service);
        }
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
            Self::Service => {
                Err(Error::new(Code::InvalidInput, "The window cannot set up a service.")
                    .with_action("Use the setup program, or run: insync-connector service install.")
                    .at("start"))
            }
        }
    }
}

fn failed(error: &dyn std::fmt::Display) -> Error {
    tracing::error!(%error, "start at sign-in");
    Error::new(Code::StorageFailed, "Starting at sign-in cannot be changed.").at("start")
}

//! The state of everything, and the one sentence that is true.

use crate::schedule::assignments::Elsewhere;
use crate::schedule::follow::Following;
use crate::state::records::{Alert, AlertKind, ImportProgress, ImportRecord};
use connector_model::{Error, Update};
use serde::{Deserialize, Serialize};

/// The session with the cloud, as the engine is told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum CloudState {
    /// Not registered with a cloud.
    #[default]
    NotRegistered,
    /// A plain SCIM service: there is no session.
    DeliveryOnly,
    /// Trying to connect.
    Connecting,
    /// Connected since then.
    Connected {
        /// Milliseconds since 1970-01-01 UTC.
        since_ms: i64,
    },
    /// Not connected; tried again by itself.
    Waiting {
        /// Why.
        error: Error,
    },
    /// The cloud no longer accepts this connector.
    Revoked,
}

/// A snapshot for window, tray, command line and cloud.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Status {
    /// One sentence that tells the truth.
    pub sentence: String,
    /// Whether an engine runs for this home.
    pub running: bool,
    /// Whether the administrator paused it.
    pub paused: bool,
    /// The cloud.
    pub cloud: CloudState,
    /// What is wrong.
    pub alerts: Vec<Alert>,
    /// Imports under way.
    pub importing: Vec<ImportProgress>,
    /// The newest import of each mapping.
    pub last_imports: Vec<ImportRecord>,
    /// Mappings whose changes are followed between two full imports.
    #[serde(default)]
    pub following: Vec<Following>,
    /// Mappings that were never imported: the first import is the administrator's word.
    pub never_imported: Vec<String>,
    /// Mappings that were changed since their last import: they wait until somebody has seen the preview.
    #[serde(default)]
    pub changed: Vec<String>,
    /// Mappings that another connector of the account imports; this one stands by.
    #[serde(default)]
    pub elsewhere: Vec<Elsewhere>,
    /// When the next import is due, milliseconds since 1970-01-01 UTC.
    pub next_import_ms: Option<i64>,
    /// Accounts whose password has still to be entered on this machine.
    #[serde(default)]
    pub missing_passwords: Vec<String>,
    /// Number of accounts.
    pub accounts: usize,
    /// Number of mappings.
    pub mappings: usize,
    /// Active people whom the cloud acknowledged.
    pub people: u64,
    /// Sign-ins of the last minute.
    pub sign_ins_last_minute: u64,
    /// 95th percentile of their duration in milliseconds.
    pub sign_in_p95_ms: Option<f64>,
    /// A later version of the program, if one is known of.
    #[serde(default)]
    pub update: Option<Update>,
}

impl Status {
    /// The sentence for this state: the worst that matters first.
    pub fn sentence(&self) -> String {
        if !self.running {
            return "The connector is not running.".to_owned();
        }
        if self.paused {
            return "Paused by the administrator: imports wait, sign-ins go on.".to_owned();
        }
        match &self.cloud {
            CloudState::NotRegistered => return "Not registered with a cloud yet.".to_owned(),
            CloudState::Revoked => {
                return "The cloud no longer accepts this connector; register it again.".to_owned();
            }
            CloudState::Waiting { error } => {
                return format!(
                    "Not connected to the cloud: {} It is tried again by itself.",
                    error.message
                );
            }
            CloudState::Connecting => return "Connecting to the cloud.".to_owned(),
            CloudState::Connected { .. } | CloudState::DeliveryOnly => {}
        }
        if let Some(account) = self.missing_passwords.first() {
            return format!(
                "The password of account \"{account}\" is missing here: enter it; until then nobody of it is imported or signed in."
            );
        }
        if let Some(alert) = self.alerts.first() {
            let account = alert.account.as_deref().unwrap_or("The directory");
            return match alert.kind {
                AlertKind::DirectoryConnection => {
                    format!(
                        "Directory \"{account}\" cannot be reached: imports wait, nobody is made inactive."
                    )
                }
                AlertKind::DirectoryAuthentication => {
                    format!(
                        "Directory \"{account}\" refuses the connector's own account: imports wait, nobody is made inactive."
                    )
                }
            };
        }
        if let Some(import) = self.importing.first() {
            return match import.to_send {
                Some(total) => format!(
                    "Connected. Importing \"{}\": {} of {} people acknowledged.",
                    import.mapping,
                    thousands(import.acknowledged),
                    thousands(total)
                ),
                None => format!(
                    "Connected. Importing \"{}\": {} people read.",
                    import.mapping,
                    thousands(import.read)
                ),
            };
        }
        if let Some(waiting) = self.last_imports.iter().find(|i| i.awaiting_approval.is_some()) {
            return format!(
                "Connected. The import of \"{}\" waits for your approval of removals.",
                waiting.mapping
            );
        }
        if let Some((import, error)) =
            self.last_imports.iter().find_map(|i| i.error.as_ref().map(|error| (i, error)))
        {
            return format!(
                "Connected. The last import of \"{}\" is not complete: {}",
                import.mapping, error.message
            );
        }
        if let Some(mapping) = self.never_imported.first() {
            return format!(
                "Connected. Mapping \"{mapping}\" waits for its first import, which you start."
            );
        }
        if let Some(mapping) = self.changed.first() {
            return format!(
                "Connected. Mapping \"{mapping}\" was changed: look at its preview, then import it."
            );
        }
        if self.mappings == 0 {
            return "Connected. No mapping yet, so nobody is imported.".to_owned();
        }
        if let Some(first) = self.elsewhere.first()
            && self.elsewhere.len() == self.mappings
        {
            return format!(
                "Connected. The connector on {} imports; this one answers sign-ins and stands by.",
                first.host
            );
        }
        format!("Connected. {} people imported.", thousands(self.people))
    }
}

fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

//! The state of everything, and what of it matters most.

use crate::state::assignment::Elsewhere;
use crate::state::records::{
    Alert, AlertKind, Following, ImportProgress, ImportRecord, LeftBehind, Refused,
};
use connector_model::settings::ProxySettings;
use connector_model::{ApprovalList, Error, Headline, Update};
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
    /// What matters most.
    #[serde(default)]
    pub headline: Headline,
    /// Whether an engine runs for this home.
    pub running: bool,
    /// Whether the administrator paused it.
    pub paused: bool,
    /// The cloud.
    pub cloud: CloudState,
    /// The proxy on the way to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub proxy: Option<ProxySettings>,
    /// What is wrong.
    pub alerts: Vec<Alert>,
    /// Imports under way.
    pub importing: Vec<ImportProgress>,
    /// The newest import of each mapping.
    pub last_imports: Vec<ImportRecord>,
    /// Lists of people that wait for an approval, of all mappings.
    #[serde(default)]
    pub awaiting_approval: Vec<ApprovalList>,
    /// People whom the cloud refuses, by mapping, until it takes them.
    #[serde(default)]
    pub refused: Vec<Refused>,
    /// Mappings whose changes are followed between two full imports.
    #[serde(default)]
    pub following: Vec<Following>,
    /// Mappings that were never imported: the first import is the administrator's word.
    pub never_imported: Vec<String>,
    /// Mappings that were changed since their last import: they wait until somebody has seen the preview.
    #[serde(default)]
    pub changed: Vec<String>,
    /// Mappings that the cloud sent: they wait until somebody approves or rejects them.
    #[serde(default)]
    pub proposed: Vec<String>,
    /// Mappings that another connector of the account imports; this one stands by.
    #[serde(default)]
    pub elsewhere: Vec<Elsewhere>,
    /// Mappings that were removed, and whom the cloud still has of them.
    #[serde(default)]
    pub left_behind: Vec<LeftBehind>,
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
    /// What matters most in this state: the worst first.
    pub fn worst(&self) -> Headline {
        self.of_cloud().or_else(|| self.of_directories()).unwrap_or_else(|| self.of_imports())
    }

    fn of_cloud(&self) -> Option<Headline> {
        if !self.running {
            return Some(Headline::NotRunning);
        }
        if let Some(alert) = self.alerts.iter().find(|alert| alert.kind == AlertKind::Storage) {
            return Some(Headline::StorageFailed { error: alert.error() });
        }
        if self.paused {
            return Some(Headline::Paused);
        }
        match &self.cloud {
            CloudState::NotRegistered => Some(Headline::NotRegistered),
            CloudState::Revoked => Some(Headline::Revoked),
            CloudState::Waiting { error } => Some(Headline::Disconnected { error: error.clone() }),
            CloudState::Connecting => Some(Headline::Connecting),
            CloudState::Connected { .. } | CloudState::DeliveryOnly => None,
        }
    }

    fn of_directories(&self) -> Option<Headline> {
        if let Some(account) = self.missing_passwords.first() {
            return Some(Headline::PasswordMissing { account: account.clone() });
        }
        self.alerts.iter().find_map(|alert| {
            let account = alert.account.clone().unwrap_or_default();
            match alert.kind {
                AlertKind::DirectoryConnection => Some(Headline::DirectoryUnreachable { account }),
                AlertKind::DirectoryAuthentication => Some(Headline::DirectoryRefuses { account }),
                AlertKind::DatabaseLost
                | AlertKind::PeopleRefused
                | AlertKind::GraceSignIns
                | AlertKind::Storage
                | AlertKind::Secrets
                | AlertKind::Identity => None,
            }
        })
    }

    fn of_imports(&self) -> Headline {
        if let Some(ImportProgress { mapping, read, to_send, acknowledged }) =
            self.importing.first()
        {
            let (mapping, acknowledged) = (mapping.clone(), *acknowledged);
            return match *to_send {
                Some(total) => Headline::Sending { mapping, acknowledged, total },
                None => Headline::Reading { mapping, read: *read },
            };
        }
        self.of_last_imports().or_else(|| self.of_mappings()).unwrap_or_else(|| {
            match self.elsewhere.first() {
                Some(first) if self.elsewhere.len() == self.mappings => {
                    Headline::Elsewhere { host: first.host.clone() }
                }
                _ => Headline::Imported { people: self.people },
            }
        })
    }

    fn of_last_imports(&self) -> Option<Headline> {
        if let Some(ApprovalList { mapping, kind, people, .. }) = self.awaiting_approval.first() {
            let (mapping, approval, people) = (mapping.clone(), *kind, *people);
            return Some(Headline::AwaitingApproval { mapping, approval, people });
        }
        let waiting =
            self.last_imports.iter().find_map(|i| Some((i.mapping.clone(), i.resumes_ms?)));
        if let Some((mapping, until_ms)) = waiting {
            return Some(Headline::AskedToWait { mapping, until_ms });
        }
        let incomplete = self.last_imports.iter().find_map(|import| {
            let error = import.error.clone()?;
            Some(Headline::Incomplete { mapping: import.mapping.clone(), error })
        });
        incomplete.or_else(|| {
            let Refused { mapping, people, error, .. } = self.refused.first()?.clone();
            Some(Headline::Refused { mapping, people, error })
        })
    }

    fn of_mappings(&self) -> Option<Headline> {
        if let Some(mapping) = self.never_imported.first() {
            return Some(Headline::NeverImported { mapping: mapping.clone() });
        }
        if let Some(mapping) = self.changed.first() {
            return Some(Headline::MappingChanged { mapping: mapping.clone() });
        }
        if let Some(mapping) = self.proposed.first() {
            return Some(Headline::MappingProposed { mapping: mapping.clone() });
        }
        (self.mappings == 0).then_some(Headline::NoMapping)
    }
}

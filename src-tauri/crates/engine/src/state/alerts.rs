//! What is wrong for longer: one alert a cause, raised once and cleared when it works again.

use crate::state::records::{Alert, AlertKind};
use connector_model::{Code, Error};
use std::sync::Mutex;

#[derive(Debug, Default)]
pub(crate) struct Alerts {
    open: Mutex<Vec<Alert>>,
}

impl Alerts {
    /// Alerts that are open now.
    pub fn open(&self) -> Vec<Alert> {
        self.open.lock().map(|open| open.clone()).unwrap_or_default()
    }

    /// Notes a failure of an account; the alert if it is a new one.
    pub fn failed(&self, account: &str, error: &Error, now_ms: i64) -> Option<Alert> {
        let kind = kind(error.code)?;
        let mut open = self.open.lock().ok()?;
        if open.iter().any(|a| a.kind == kind && a.account.as_deref() == Some(account)) {
            return None;
        }
        let alert = Alert {
            kind,
            account: Some(account.to_owned()),
            since_ms: now_ms,
            code: error.code,
            message: error.message.clone(),
            action: error.action.clone(),
        };
        open.push(alert.clone());
        Some(alert)
    }

    /// Notes that an account works; the alerts that are over.
    pub fn works(&self, account: &str) -> Vec<Alert> {
        let Ok(mut open) = self.open.lock() else { return vec![] };
        let (over, kept) = open.drain(..).partition(|a| a.account.as_deref() == Some(account));
        *open = kept;
        over
    }
}

fn kind(code: Code) -> Option<AlertKind> {
    match code {
        Code::WrongCredentials
        | Code::CredentialsExpired
        | Code::AccountLocked
        | Code::SecretMissing => Some(AlertKind::DirectoryAuthentication),
        Code::ResolveFailed
        | Code::ConnectRefused
        | Code::ConnectTimeout
        | Code::ConnectionLost
        | Code::Timeout
        | Code::ProtocolViolation
        | Code::MessageTooLarge
        | Code::DirectoryUnavailable
        | Code::DirectoryBusy => Some(AlertKind::DirectoryConnection),
        code if code.is_about_tls() => Some(AlertKind::DirectoryConnection),
        _ => None,
    }
}

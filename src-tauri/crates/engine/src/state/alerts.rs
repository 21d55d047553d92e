//! What is wrong for longer: one alert a cause, raised once and cleared when it works again.

use crate::state::records::{Alert, AlertKind};
use connector_model::{Code, Error};
use std::collections::BTreeMap;
use std::sync::Mutex;

#[derive(Debug, Default)]
pub(crate) struct Alerts {
    open: Mutex<Vec<Alert>>,
    /// Who signs in with an expired password: account and identity (none for the bind account), name, and how often still.
    graces: Mutex<BTreeMap<(String, String), (String, u32)>>,
}

/// What became of an account's alert of expired passwords.
pub(crate) enum GraceChange {
    /// It is new, or says something else now.
    Told(Alert),
    /// It is over.
    Over,
}

/// What became of what ails the machine.
pub(crate) enum Trouble {
    /// It is new, or something else.
    Told(Alert),
    /// It is over.
    Over,
}

/// People with expired passwords who are remembered.
const MAX_GRACES: usize = 1000;
/// Of those, who are named in an alert.
const NAMED: usize = 5;

impl Alerts {
    /// Alerts that are open now.
    pub fn open(&self) -> Vec<Alert> {
        self.open.lock().map(|open| open.clone()).unwrap_or_default()
    }

    /// Notes how often somebody of an account can sign in still with an expired password; `None`: theirs has not expired.
    pub fn grace(
        &self,
        (account, who): (&str, &str),
        left: Option<(&str, u32)>,
        now_ms: i64,
    ) -> Option<GraceChange> {
        let mut graces = self.graces.lock().ok()?;
        let key = (account.to_owned(), who.to_owned());
        match left {
            Some((name, left)) if graces.contains_key(&key) || graces.len() < MAX_GRACES => {
                graces.insert(key, (name.to_owned(), left));
            }
            Some(_) => return None,
            None => drop(graces.remove(&key)?),
        }
        let all = graces.iter().filter(|((of, _), _)| of == account);
        let named: Vec<String> =
            all.take(NAMED).map(|(_, (name, left))| format!("{name} ({left})")).collect();
        let mut open = self.open.lock().ok()?;
        let place = open.iter().position(|alert| {
            alert.kind == AlertKind::GraceSignIns && alert.account.as_deref() == Some(account)
        });
        let former = place.map(|place| open.remove(place));
        if named.is_empty() {
            return former.map(|_| GraceChange::Over);
        }
        let error = Error::of(Code::GraceSignIns);
        let alert = Alert {
            kind: AlertKind::GraceSignIns,
            account: Some(account.to_owned()),
            since_ms: former.as_ref().map_or(now_ms, |former| former.since_ms),
            code: error.code,
            message: format!(
                "An expired password is accepted a few times more: {}.",
                named.join("; ")
            ),
            action: error.action,
        };
        open.push(alert.clone());
        (former.as_ref() != Some(&alert)).then_some(GraceChange::Told(alert))
    }

    /// Notes what ails the machine, or that nothing does; the alert if it is a new one, or tells something else.
    pub fn trouble(&self, kind: AlertKind, error: Option<&Error>, now_ms: i64) -> Option<Trouble> {
        let mut open = self.open.lock().ok()?;
        let place = open.iter().position(|alert| alert.kind == kind);
        let former = place.map(|place| open.remove(place));
        let Some(error) = error else { return former.map(|_| Trouble::Over) };
        let alert = Alert {
            kind,
            account: None,
            since_ms: former.as_ref().map_or(now_ms, |former| former.since_ms),
            code: error.code,
            message: error.message.clone(),
            action: error.action.clone(),
        };
        open.push(alert.clone());
        former.is_none_or(|former| former.code != alert.code).then_some(Trouble::Told(alert))
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
        let over = |alert: &Alert| {
            alert.account.as_deref() == Some(account) && alert.kind != AlertKind::GraceSignIns
        };
        let (over, kept) = open.drain(..).partition(over);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ails_the_machine_is_one_alert_of_its_kind() {
        let alerts = Alerts::default();
        let told = |error: Option<&Error>, at| match alerts.trouble(AlertKind::Storage, error, at) {
            Some(Trouble::Told(alert)) => format!("{} since {}", alert.code, alert.since_ms),
            Some(Trouble::Over) => "over".to_owned(),
            None => String::new(),
        };
        let [full, lost] = [Code::StorageFailed, Code::SettingsLost].map(Error::of);
        assert_eq!(told(None, 1), "");
        assert_eq!(told(Some(&full), 2), "storage_failed since 2");
        assert_eq!(told(Some(&full), 3), "", "told once");
        assert_eq!(told(Some(&lost), 4), "settings_lost since 2");
        assert!(alerts.works("corp").is_empty() && alerts.open().len() == 1);
        assert_eq!((told(None, 5).as_str(), told(None, 6).as_str()), ("over", ""));
        assert!(alerts.open().is_empty());
    }

    #[test]
    fn expired_passwords_are_one_alert_of_their_account() {
        let alerts = Alerts::default();
        let told = |who: &str, left| match alerts.grace(("corp", who), left, 7) {
            Some(GraceChange::Told(alert)) => Some(alert.message),
            Some(GraceChange::Over) => Some("over".to_owned()),
            None => None,
        };
        assert_eq!(told("a", None), None);
        assert!(told("a", Some(("uid=a", 2))).unwrap().contains("uid=a (2)"));
        assert_eq!(told("a", Some(("uid=a", 2))), None);
        assert!(told("b", Some(("uid=b", 0))).unwrap().contains("uid=a (2); uid=b (0)"));
        assert!(alerts.works("corp").is_empty(), "that the account works says nothing of it");
        assert!(told("a", None).unwrap().ends_with(": uid=b (0)."));
        assert_eq!(told("b", None).as_deref(), Some("over"));
        assert!(alerts.open().is_empty());
    }
}

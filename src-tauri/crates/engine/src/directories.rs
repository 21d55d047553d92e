//! The directories of the accounts, as they are asked in passing: opened by the account's name, browsed and counted. How
//! each call ends raises or clears the account's alerts.

use crate::engine::Engine;
use crate::plan::content::user_name;
use crate::ports::{Directory, Event};
use crate::state::alerts::{GraceChange, Trouble};
use crate::state::records::{Alert, AlertKind, SignInAnswer};
use connector_model::{
    BrowseQuery, Code, Error, FoundPerson, Mapping, Node, PasswordNotice, PeopleSearch, Person,
    Result, SignInOutcome,
};
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// People of a mapping who are shown while it is edited.
const EXAMPLES: usize = 5;

/// Somebody whom a mapping takes, as they would be in the cloud.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Example {
    /// Display name, else the name of the entry.
    pub name: String,
    /// User name by the mapping's rule.
    pub user_name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

impl Example {
    fn of(person: Person, mapping: &Mapping) -> Self {
        let user_name = user_name(&person, mapping.name_from).map(str::to_owned);
        let name = person.display_name.unwrap_or_else(|| person.dn.leaf_value());
        Self { name, user_name, email: person.email }
    }
}

/// How many people a mapping reads.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    /// People counted.
    pub people: u64,
    /// Whether that is everybody.
    pub complete: bool,
    /// The first of them.
    pub examples: Vec<Example>,
}

impl Engine {
    /// Base DNs of an account; the only one when none is named.
    pub fn bases<'a>(&'a self, account: Option<&'a str>) -> BoxFuture<'a, Result<Vec<Node>>> {
        Box::pin(async move {
            let (name, directory) = self.directory(account)?;
            let _place = self.shared.browsing.acquire().await;
            let result = directory.bases().await;
            self.watched(&name, result)
        })
    }

    /// Organizational units of an account.
    pub fn units<'a>(
        &'a self,
        account: Option<&'a str>,
        query: &'a BrowseQuery,
    ) -> BoxFuture<'a, Result<Vec<Node>>> {
        Box::pin(async move {
            let (name, directory) = self.directory(account)?;
            let _place = self.shared.browsing.acquire().await;
            let result = directory.units(query).await;
            self.watched(&name, result)
        })
    }

    /// Groups of an account.
    pub fn groups<'a>(
        &'a self,
        account: Option<&'a str>,
        query: &'a BrowseQuery,
    ) -> BoxFuture<'a, Result<Vec<Node>>> {
        Box::pin(async move {
            let (name, directory) = self.directory(account)?;
            let _place = self.shared.browsing.acquire().await;
            let result = directory.groups(query).await;
            self.watched(&name, result)
        })
    }

    /// People of an account, to be named in a mapping.
    pub fn search_people<'a>(
        &'a self,
        account: Option<&'a str>,
        query: &'a PeopleSearch,
    ) -> BoxFuture<'a, Result<Vec<FoundPerson>>> {
        Box::pin(async move {
            let (name, directory) = self.directory(account)?;
            let _place = self.shared.browsing.acquire().await;
            let result = directory.search_people(query).await;
            self.watched(&name, result)
        })
    }

    /// How many people a mapping reads, stored or not, within `limit`, and some of them.
    pub fn count<'a>(
        &'a self,
        mapping: &'a Mapping,
        limit: Duration,
    ) -> BoxFuture<'a, Result<Counted>> {
        Box::pin(async move {
            let (name, directory) = self.directory(Some(&mapping.account))?;
            let (pages, mut people) = mpsc::channel::<Vec<Person>>(2);
            let mut counted = Counted::default();
            let counting = async {
                while let Some(page) = people.recv().await {
                    counted.people += page.len() as u64;
                    let missing = EXAMPLES.saturating_sub(counted.examples.len());
                    let some = page.into_iter().take(missing);
                    counted.examples.extend(some.map(|person| Example::of(person, mapping)));
                }
            };
            let reading = async { tokio::join!(directory.read_people(mapping, pages), counting).0 };
            let outcome = tokio::time::timeout(limit, reading).await;
            match outcome {
                Ok(read) => {
                    counted.complete = self.watched(&name, read)?.incomplete.is_none();
                    Ok(counted)
                }
                Err(_) => Ok(counted),
            }
        })
    }

    pub(crate) fn directory(&self, account: Option<&str>) -> Result<(String, Arc<dyn Directory>)> {
        let (settings, ports) = self.config();
        let name = match (account, settings.accounts.as_slice()) {
            (Some(name), _) => settings.account(name)?.name.clone(),
            (None, [only]) => only.name.clone(),
            (None, []) => {
                return Err(Error::new(Code::NotFound, "There is no account yet.").at("account"));
            }
            (None, _) => {
                return Err(Error::new(
                    Code::InvalidInput,
                    "More than one account exists; name one.",
                )
                .at("account"));
            }
        };
        match ports.directories.open(&name) {
            Ok(directory) => Ok((name, directory)),
            // A handle says nothing of the server; that there is none says enough.
            Err(error) => {
                self.note_failure(&name, &error);
                Err(error)
            }
        }
    }

    /// Raises or clears the alerts of an account by how an operation on it ended.
    pub(crate) fn watched<T>(&self, account: &str, result: Result<T>) -> Result<T> {
        match &result {
            Ok(_) => self.note_success(account),
            Err(error) => self.note_failure(account, error),
        }
        result
    }

    pub(crate) fn note_failure(&self, account: &str, error: &Error) {
        let now = self.config().1.clock.now_ms();
        if let Some(alert) = self.shared.health.alerts.failed(account, error, now) {
            tracing::warn!(account, code = %error.code, "alert raised");
            self.shared.journal.note(self.entry("alert", account, json!(alert)));
            let _ = self.shared.events.try_send(Event::AlertRaised(alert));
        }
    }

    pub(crate) fn note_success(&self, account: &str) {
        let ports = self.config().1;
        for alert in self.shared.health.alerts.works(account) {
            self.cleared(alert.kind, alert.account);
        }
        let left = ports.directories.password_notice(account).and_then(PasswordNotice::grace_left);
        self.note_grace(account, "", left.map(|left| ("The bind account", left)));
    }

    /// Notes how often the person of an answer can sign in still with an expired password.
    pub(crate) fn note_password(&self, account: &str, answer: &SignInAnswer) {
        let (Some(identity), Some(dn)) = (&answer.identity, &answer.dn) else { return };
        if answer.outcome == SignInOutcome::Ok {
            let left = answer.notice.and_then(PasswordNotice::grace_left);
            self.note_grace(account, identity.as_str(), left.map(|left| (dn.as_str(), left)));
        }
    }

    fn note_grace(&self, account: &str, who: &str, left: Option<(&str, u32)>) {
        let now_ms = self.config().1.clock.now_ms();
        match self.shared.health.alerts.grace((account, who), left, now_ms) {
            Some(GraceChange::Told(alert)) => {
                tracing::warn!(account, "somebody signs in with an expired password");
                self.shared.journal.note(self.entry("alert", account, json!(alert)));
                let _ = self.shared.events.try_send(Event::AlertRaised(alert));
            }
            Some(GraceChange::Over) => {
                self.cleared(AlertKind::GraceSignIns, Some(account.to_owned()));
            }
            None => {}
        }
    }

    /// Tells what ails the machine, or that nothing of that kind does.
    pub fn note_trouble(&self, kind: AlertKind, error: Option<&Error>) {
        let now_ms = self.config().1.clock.now_ms();
        match self.shared.health.alerts.trouble(kind, error, now_ms) {
            Some(Trouble::Told(alert)) => {
                tracing::error!(code = %alert.code, "{}", alert.message);
                self.shared.journal.note(self.entry("alert", "", json!(alert)));
                let _ = self.shared.events.try_send(Event::AlertRaised(alert));
            }
            Some(Trouble::Over) => {
                tracing::info!(?kind, "over");
                self.cleared(kind, None);
                // What waited for it goes on now.
                self.shared.life.changed.notify_waiters();
            }
            None => {}
        }
    }

    /// What ails the machine in that way now.
    pub fn trouble(&self, kind: AlertKind) -> Option<Error> {
        let open = self.shared.health.alerts.open();
        open.iter().find(|alert| alert.kind == kind).map(Alert::error)
    }

    /// Whether something ails the machine in that way.
    pub fn is_in_trouble(&self, kind: AlertKind) -> bool {
        self.trouble(kind).is_some()
    }

    /// Why what happened cannot be written down now.
    pub fn unwritten(&self) -> Option<Error> {
        self.shared.journal.trouble()
    }

    fn cleared(&self, kind: AlertKind, account: Option<String>) {
        let _ = self.shared.events.try_send(Event::AlertCleared { kind, account });
    }
}

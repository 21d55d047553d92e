//! A sign-in: find the person inside the mappings, then let the directory judge the password.

use crate::people::lockout::Lockout;
use crate::people::namesakes::{self, Meant};
use crate::ports::{Clock, Directories, Directory, SharedBudget};
use crate::state::records::SignInAnswer;
use crate::store::Store;
use connector_model::settings::{Settings, same_name};
use connector_model::{
    BindVerdict, Code, Dn, Enabled, Error, GuessLimit, Identity, Person, Secret, SignInOutcome,
    UserName,
};
use std::sync::Arc;
use tokio::time::Instant;

/// A sign-in's answer, and what only the journal learns.
pub(crate) struct SignInRecord {
    pub answer: SignInAnswer,
    /// The journal's code: the outcome, or something finer such as `empty_password` or `ambiguous_user`.
    pub code: &'static str,
    /// Mapping that covers the person.
    pub mapping: Option<String>,
    /// The failure behind `directory_unavailable`, with its account.
    pub error: Option<(String, Error)>,
}

/// What a sign-in is decided with.
pub(crate) struct SignIn<'a> {
    pub settings: &'a Settings,
    pub directories: &'a dyn Directories,
    pub lockout: &'a Lockout,
    /// The budget of all connectors.
    pub shared: Option<Arc<dyn SharedBudget>>,
    pub clock: &'a Arc<dyn Clock>,
    /// Whom the cloud has.
    pub store: &'a Store,
}

/// In the journal: another user of the cloud has the person's name or address.
const NOT_IMPORTED: &str = "not_imported";

impl SignIn<'_> {
    /// Answers within the deadline, whatever the directory does.
    pub async fn answer(
        &self,
        user: &UserName,
        password: &Secret,
        deadline: Instant,
    ) -> SignInRecord {
        if password.is_empty() {
            return record(SignInOutcome::WrongPassword, Code::EmptyPassword.as_str(), None);
        }
        let work = self.find_and_verify(user, password);
        let result = tokio::time::timeout_at(deadline, work).await;
        result.unwrap_or_else(|_| {
            let mut late = record(SignInOutcome::DirectoryUnavailable, "timeout", None);
            late.error = Some((String::new(), Error::of(Code::Timeout)));
            late
        })
    }

    async fn find_and_verify(&self, user: &UserName, password: &Secret) -> SignInRecord {
        let meant =
            namesakes::meant(self.settings, self.directories, self.store, user, |_| true).await;
        match meant {
            Err(failure) => return unavailable(failure),
            Ok(Meant::Several) => {
                let ambiguous =
                    record(SignInOutcome::UnknownUser, Code::AmbiguousUser.as_str(), None);
                return self.nobody(user, ambiguous);
            }
            Ok(Meant::LeftOut(one)) => {
                let who = Some((one.person.identity, one.person.dn));
                let mut record = record(SignInOutcome::NotInScope, NOT_IMPORTED, who);
                record.mapping = Some(one.mapping.name.clone());
                return self.nobody(user, record);
            }
            Ok(Meant::One(one)) => {
                let mut record = self.verify(&*one.directory, &one.person, password).await;
                record.mapping = Some(one.mapping.name.clone());
                if let Some((account, _)) = &mut record.error {
                    account.clone_from(&one.mapping.account);
                }
                return record;
            }
            Ok(Meant::Nobody) => {}
        }
        let outcome = match exists(self.settings, self.directories, user).await {
            Ok(true) => SignInOutcome::NotInScope,
            Ok(false) => SignInOutcome::UnknownUser,
            Err(failure) => return unavailable(failure),
        };
        self.nobody(user, record(outcome, outcome.as_str(), None))
    }

    /// The answer where no password is forwarded: held back as soon as a person's own would be.
    fn nobody(&self, user: &UserName, answer: SignInRecord) -> SignInRecord {
        let limit = GuessLimit::new(&self.settings.sign_in, None);
        let name = user.budget_key();
        if self.lockout.unknown.try_again(&name, limit, self.clock.now_ms()) {
            return answer;
        }
        record(SignInOutcome::Throttled, SignInOutcome::Throttled.as_str(), None)
    }

    async fn verify(
        &self,
        directory: &dyn Directory,
        person: &Person,
        password: &Secret,
    ) -> SignInRecord {
        let who = Some((person.identity.clone(), person.dn.clone()));
        let failed = |error| {
            let mut failed = unavailable((String::new(), error));
            (failed.answer.identity, failed.answer.dn) = who.clone().unzip();
            failed
        };
        // A policy that cannot be read makes nobody wait for a sign-in; then the administrator's own rule holds.
        let policy = directory.lockout_policy(&person.dn).await.unwrap_or_default();
        let limit = GuessLimit::new(&self.settings.sign_in, policy);
        self.lockout.unknown.learn(limit);
        let place =
            self.lockout.reserve(&person.identity, limit, self.clock, self.shared.as_deref());
        let mut place = match place.await {
            Ok(Some(place)) => place,
            Ok(None) => {
                return record(SignInOutcome::Throttled, SignInOutcome::Throttled.as_str(), who);
            }
            Err(error) => return failed(error),
        };
        place.forwarded();
        let answer = directory.verify_password(&person.dn, password).await;
        place.end(answer.as_ref().map(|verdict| verdict.outcome));
        match answer {
            Err(error) => failed(error),
            Ok(BindVerdict { outcome: SignInOutcome::Ok, .. }) if person.enabled == Enabled::No => {
                record(SignInOutcome::Disabled, SignInOutcome::Disabled.as_str(), who)
            }
            Ok(BindVerdict { outcome, notice }) => {
                let mut record = record(outcome, outcome.as_str(), who);
                record.answer.notice = notice;
                record
            }
        }
    }
}

/// Whether somebody of that name exists below the base of any mapping.
pub(crate) async fn exists(
    settings: &Settings,
    directories: &dyn Directories,
    user: &UserName,
) -> Result<bool, (String, Error)> {
    let mut seen: Vec<(&str, String)> = vec![];
    for mapping in &settings.mappings {
        let place = (mapping.account.as_str(), mapping.base_dn.key());
        if seen.iter().any(|(account, base)| same_name(account, place.0) && *base == place.1) {
            continue;
        }
        let name_account = |error| (mapping.account.clone(), error);
        let directory = directories.open(&mapping.account).map_err(name_account)?;
        if !directory.find_anywhere(&mapping.base_dn, user).await.map_err(name_account)?.is_empty()
        {
            return Ok(true);
        }
        seen.push(place);
    }
    Ok(false)
}

fn unavailable((account, error): (String, Error)) -> SignInRecord {
    let mut record = record(SignInOutcome::DirectoryUnavailable, error.code.as_str(), None);
    record.error = Some((account, error));
    record
}

fn record(outcome: SignInOutcome, code: &'static str, who: Option<(Identity, Dn)>) -> SignInRecord {
    let (identity, dn) = who.unzip();
    SignInRecord {
        answer: SignInAnswer { outcome, identity, dn, notice: None },
        code,
        mapping: None,
        error: None,
    }
}

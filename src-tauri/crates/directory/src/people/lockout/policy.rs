//! After how many wrong passwords the directory locks somebody, as far as the reading account may see it: fine-grained rules
//! first, then the domain's or the server's.

use crate::context::DirectoryContext;
use crate::search::entry::Entry;
use crate::search::run::{self, Query, Scope};
use connector_model::{Code, Dn, Filter, LockoutPolicy, Result, ServerKind, Window};
use moka::future::Cache;
use std::sync::Arc;
use std::time::Duration;

/// How long an answer is good for, and one that could not be had.
const KEPT: Duration = Duration::from_mins(10);
const NOT_HAD: Duration = Duration::from_mins(1);
/// A sign-in waits so long for an answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// People whose rules are known.
const PEOPLE: u64 = 100_000;
/// Rules that are known.
const KNOWN: u64 = 1_000;
/// Rules looked at where the server does not say which of them holds.
const RULES: usize = 100;

/// What an entry says of lockouts; `None` where it says nothing or cannot be read.
type Rule = Option<LockoutPolicy>;

/// Answers of a directory. A rule is read once for everybody for whom it holds, however many sign in at once.
pub(crate) struct KnownPolicies {
    /// By person: the rule that their entry names.
    people: Cache<String, Option<Dn>>,
    /// By DN, and the one that holds where none is named by the empty one. Inside is what the rule says, if it can be read.
    rules: Cache<String, Option<Rule>>,
    /// People whose answer could not be had.
    silent: Cache<String, ()>,
}

impl Default for KnownPolicies {
    fn default() -> Self {
        Self {
            people: Cache::builder().max_capacity(PEOPLE).time_to_live(KEPT).build(),
            rules: Cache::builder().max_capacity(KNOWN).time_to_live(KEPT).build(),
            silent: Cache::builder().max_capacity(PEOPLE).time_to_live(NOT_HAD).build(),
        }
    }
}

impl KnownPolicies {
    /// What holds for the person at that DN; `None` where nothing does, or nothing can be read. Where it cannot be read now, the
    /// strictest rule that is known of the directory holds.
    pub async fn of(&self, context: &DirectoryContext<'_>, dn: &Dn) -> Rule {
        let key = dn.key();
        if !self.silent.contains_key(&key) {
            let read = tokio::time::timeout(PATIENCE, self.read(context, dn)).await;
            if let Ok(Ok(rule)) = read {
                return rule;
            }
            self.silent.insert(key, ()).await;
        }
        self.strictest_known()
    }

    fn strictest_known(&self) -> Rule {
        self.rules.iter().filter_map(|(_, rule)| rule.flatten()).reduce(stricter)
    }

    async fn read(&self, context: &DirectoryContext<'_>, dn: &Dn) -> Result<Rule> {
        match context.root.kind {
            ServerKind::ActiveDirectory | ServerKind::SambaAd => {
                self.active_directory(context, dn).await
            }
            ServerKind::OpenLdap => self.open_ldap(context, dn).await,
            ServerKind::Ds389 => self.ds389(context, dn).await,
            ServerKind::Auto | ServerKind::Ldap => Ok(None),
        }
    }

    /// The person's `msDS-ResultantPSO` (MS-ADTS), else the head of their domain.
    async fn active_directory(&self, context: &DirectoryContext<'_>, dn: &Dn) -> Result<Rule> {
        let names = ["msDS-LockoutThreshold", "msDS-LockoutObservationWindow"];
        if let Some(own) = self.named(context, dn, "msDS-ResultantPSO").await? {
            let read = async || {
                let entry = entry(context, &own, &names).await?;
                let entry = entry.filter(|entry| entry.text(names[0]).is_some());
                Ok(entry.map(|entry| of_domain(&entry, names)))
            };
            if let Some(rule) = self.rule(&own, read).await? {
                return Ok(rule);
            }
        }
        let mut head = Some(dn.clone());
        while let Some(dn) = &head
            && !dn.as_str().get(..3).is_some_and(|start| start.eq_ignore_ascii_case("DC="))
        {
            head = dn.parent();
        }
        let names = ["lockoutThreshold", "lockOutObservationWindow"];
        let Some(head) = head else { return Ok(None) };
        let read =
            async || Ok(entry(context, &head, &names).await?.map(|head| of_domain(&head, names)));
        Ok(self.rule(&head, read).await?.flatten())
    }

    /// draft-behera-ldap-password-policy: the person's own `pwdPolicySubentry`. Which one is the default is in the server's
    /// configuration, so the strictest of all is taken.
    async fn open_ldap(&self, context: &DirectoryContext<'_>, dn: &Dn) -> Result<Rule> {
        let names = ["pwdLockout", "pwdMaxFailure", "pwdFailureCountInterval"];
        if let Some(own) = self.named(context, dn, "pwdPolicySubentry").await? {
            let read =
                async || Ok(entry(context, &own, &names).await?.map(|rule| of_draft(&rule, names)));
            if let Some(rule) = self.rule(&own, read).await? {
                return Ok(rule);
            }
        }
        let read = async || Ok(Some(strictest(context, &names).await?));
        Ok(self.rule(&Dn::from_server(""), read).await?.flatten())
    }

    /// The same in the words of 389 Directory Server: a rule for the person or their unit, else the server's.
    async fn ds389(&self, context: &DirectoryContext<'_>, dn: &Dn) -> Result<Rule> {
        let names = ["passwordLockout", "passwordMaxFailure", "passwordResetFailureCount"];
        let own = self.named(context, dn, "pwdpolicysubentry").await?;
        for rule in own.into_iter().chain([Dn::from_server("cn=config")]) {
            let read = async || {
                Ok(entry(context, &rule, &names).await?.map(|rule| of_draft(&rule, names)))
            };
            if let Some(rule) = self.rule(&rule, read).await? {
                return Ok(rule);
            }
        }
        Ok(None)
    }

    /// The rule that an attribute of the person names.
    async fn named(&self, context: &DirectoryContext<'_>, dn: &Dn, by: &str) -> Result<Option<Dn>> {
        let read = async {
            let person = entry(context, dn, &[by]).await?;
            Ok(person.and_then(|person| person.text(by).map(Dn::from_server)))
        };
        self.people.try_get_with(dn.key(), read).await.map_err(own)
    }

    /// What that rule says, read unless it is known.
    async fn rule<R>(&self, dn: &Dn, read: impl FnOnce() -> R) -> Result<Option<Rule>>
    where
        R: Future<Output = Result<Option<Rule>>>,
    {
        self.rules.try_get_with(dn.key(), read()).await.map_err(own)
    }
}

/// The error of whoever read for all who wait for the same.
fn own(error: Arc<connector_model::Error>) -> connector_model::Error {
    Arc::unwrap_or_clone(error)
}

/// Of all rules below the naming contexts.
async fn strictest(context: &DirectoryContext<'_>, names: &[&str; 3]) -> Result<Rule> {
    let filter = Filter::equal("objectClass", "pwdPolicy");
    let mut strictest: Rule = None;
    for base in &context.root.bases {
        let query = Query { base, scope: Scope::Subtree, filter: &filter, attributes: names };
        let found = run::collect(context.pool, &query, RULES, PATIENCE).await?;
        for one in found.entries.iter().filter_map(|entry| of_draft(entry, *names)) {
            strictest = Some(strictest.map_or(one, |other| stricter(one, other)));
        }
    }
    Ok(strictest)
}

/// Intervals are negative, in units of 100 nanoseconds; the least number is never.
fn of_domain(entry: &Entry, [threshold, window]: [&str; 2]) -> Option<LockoutPolicy> {
    let window = match entry.text(window).and_then(|text| text.parse::<i64>().ok()) {
        None => Window::Unknown,
        Some(i64::MIN) => Window::UntilRight,
        Some(ticks) => Window::Lasts(Duration::from_secs(ticks.unsigned_abs() / 10_000_000)),
    };
    policy(entry, threshold, window)
}

fn of_draft(entry: &Entry, [lockout, threshold, interval]: [&str; 3]) -> Option<LockoutPolicy> {
    let on = entry.text(lockout)?;
    let seconds = entry.text(interval).and_then(|text| text.parse::<u64>().ok());
    let window = match seconds {
        Some(seconds) if seconds > 0 => Window::Lasts(Duration::from_secs(seconds)),
        _ => Window::UntilRight,
    };
    let is_on = ["TRUE", "on", "1"].iter().any(|yes| on.eq_ignore_ascii_case(yes));
    is_on.then(|| policy(entry, threshold, window)).flatten()
}

fn policy(entry: &Entry, threshold: &str, window: Window) -> Option<LockoutPolicy> {
    let threshold =
        entry.text(threshold)?.parse::<u32>().ok().filter(|threshold| *threshold > 0)?;
    Some(LockoutPolicy { threshold, window })
}

fn stricter(one: LockoutPolicy, other: LockoutPolicy) -> LockoutPolicy {
    let window = match (one.window, other.window) {
        (Window::UntilRight, _) | (_, Window::UntilRight) => Window::UntilRight,
        (Window::Lasts(one), Window::Lasts(other)) => Window::Lasts(one.max(other)),
        (Window::Unknown, window) | (window, Window::Unknown) => window,
    };
    LockoutPolicy { threshold: one.threshold.min(other.threshold), window }
}

async fn entry(
    context: &DirectoryContext<'_>,
    dn: &Dn,
    attributes: &[&str],
) -> Result<Option<Entry>> {
    let filter = Filter::present("objectClass");
    let query = Query { base: dn, scope: Scope::Base, filter: &filter, attributes };
    match run::collect(context.pool, &query, 1, PATIENCE).await {
        Ok(found) => Ok(found.entries.into_iter().next()),
        Err(error) if matches!(error.code, Code::BaseNotFound | Code::NoReadRights) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lasts(threshold: u32, minutes: u64) -> LockoutPolicy {
        LockoutPolicy { threshold, window: Window::Lasts(Duration::from_mins(minutes)) }
    }

    /// Where a rule cannot be read now, none that holds may be weaker than what is assumed.
    #[tokio::test]
    async fn the_strictest_of_what_is_known_is_the_least_number_in_the_longest_window() {
        let known = KnownPolicies::default();
        assert_eq!(known.strictest_known(), None);
        for (dn, rule) in [
            ("dc=corp", Some(Some(lasts(10, 30)))),
            ("cn=staff", Some(Some(lasts(5, 10)))),
            // One that does not lock, and one that cannot be read.
            ("cn=service", Some(None)),
            ("cn=hidden", None),
        ] {
            known.rules.insert(dn.to_owned(), rule).await;
        }
        assert_eq!(known.strictest_known(), Some(lasts(5, 30)));
        let until_right = LockoutPolicy { threshold: 20, window: Window::UntilRight };
        known.rules.insert("cn=admins".to_owned(), Some(Some(until_right))).await;
        let strictest = LockoutPolicy { threshold: 5, window: Window::UntilRight };
        assert_eq!(known.strictest_known(), Some(strictest));
    }
}

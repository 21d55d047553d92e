//! After how many wrong passwords the directory locks somebody, as far as the reading account may see it: fine-grained rules
//! first, then the domain's or the server's.

use crate::context::DirectoryContext;
use crate::search::entry::Entry;
use crate::search::run::{self, Query, Scope};
use connector_model::{Code, Dn, Filter, LockoutPolicy, Result, ServerKind, Window};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long an answer is good for, and one that could not be had.
const KEPT: Duration = Duration::from_mins(10);
const NOT_HAD: Duration = Duration::from_mins(1);
/// A sign-in waits so long for an answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// People whose answers are kept.
const PEOPLE: usize = 20_000;
/// Rules looked at where the server does not say which of them holds.
const RULES: usize = 100;

/// Answers of a directory, by person.
#[derive(Default)]
pub(crate) struct KnownPolicies(Mutex<HashMap<String, (Instant, Option<LockoutPolicy>)>>);

impl KnownPolicies {
    /// What holds for the person at that DN; `None` where nothing does, or nothing can be read.
    pub async fn of(&self, context: &DirectoryContext<'_>, dn: &Dn) -> Option<LockoutPolicy> {
        let key = dn.key();
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((until, policy)) = known().get(&key)
            && Instant::now() < *until
        {
            return *policy;
        }
        let read = tokio::time::timeout(PATIENCE, read(context, dn)).await;
        let (policy, kept) = match read {
            Ok(Ok(policy)) => (policy, KEPT),
            Ok(Err(_)) | Err(_) => (None, NOT_HAD),
        };
        let mut known = known();
        if known.len() >= PEOPLE {
            known.clear();
        }
        known.insert(key, (Instant::now() + kept, policy));
        policy
    }
}

async fn read(context: &DirectoryContext<'_>, dn: &Dn) -> Result<Option<LockoutPolicy>> {
    match context.root.kind {
        ServerKind::ActiveDirectory | ServerKind::SambaAd => active_directory(context, dn).await,
        ServerKind::OpenLdap => open_ldap(context, dn).await,
        ServerKind::Ds389 => ds389(context, dn).await,
        _ => Ok(None),
    }
}

/// The person's `msDS-ResultantPSO` (MS-ADTS), else the head of their domain.
async fn active_directory(
    context: &DirectoryContext<'_>,
    dn: &Dn,
) -> Result<Option<LockoutPolicy>> {
    let names = ["msDS-LockoutThreshold", "msDS-LockoutObservationWindow"];
    if let Some(own) = applied(context, dn, "msDS-ResultantPSO", &names).await?
        && own.text(names[0]).is_some()
    {
        return Ok(of_domain(&own, names));
    }
    let mut head = Some(dn.clone());
    while let Some(dn) = &head
        && !dn.as_str().get(..3).is_some_and(|start| start.eq_ignore_ascii_case("DC="))
    {
        head = dn.parent();
    }
    let names = ["lockoutThreshold", "lockOutObservationWindow"];
    let Some(head) = head else { return Ok(None) };
    Ok(entry(context, &head, &names).await?.and_then(|head| of_domain(&head, names)))
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

/// draft-behera-ldap-password-policy: the person's own `pwdPolicySubentry`. Which one is the default is in the server's
/// configuration, so the strictest of all is taken.
async fn open_ldap(context: &DirectoryContext<'_>, dn: &Dn) -> Result<Option<LockoutPolicy>> {
    let names = ["pwdLockout", "pwdMaxFailure", "pwdFailureCountInterval"];
    if let Some(own) = applied(context, dn, "pwdPolicySubentry", &names).await? {
        return Ok(of_draft(&own, names));
    }
    let filter = Filter::equal("objectClass", "pwdPolicy");
    let mut strictest: Option<LockoutPolicy> = None;
    for base in &context.root.bases {
        let query = Query { base, scope: Scope::Subtree, filter: &filter, attributes: &names };
        let found = run::collect(context.pool, &query, RULES, PATIENCE).await?;
        for one in found.entries.iter().filter_map(|entry| of_draft(entry, names)) {
            strictest = Some(strictest.map_or(one, |other| stricter(one, other)));
        }
    }
    Ok(strictest)
}

/// The same in the words of 389 Directory Server: a rule for the person or their unit, else the server's.
async fn ds389(context: &DirectoryContext<'_>, dn: &Dn) -> Result<Option<LockoutPolicy>> {
    let names = ["passwordLockout", "passwordMaxFailure", "passwordResetFailureCount"];
    let own = applied(context, dn, "pwdpolicysubentry", &names).await?;
    let server = Dn::from_server("cn=config");
    let rule = match own {
        Some(own) => Some(own),
        None => entry(context, &server, &names).await?,
    };
    Ok(rule.and_then(|rule| of_draft(&rule, names)))
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

/// The rule that an attribute of the person names.
async fn applied(
    context: &DirectoryContext<'_>,
    dn: &Dn,
    named_by: &str,
    attributes: &[&str],
) -> Result<Option<Entry>> {
    let person = entry(context, dn, &[named_by]).await?;
    let Some(rule) = person.and_then(|person| person.text(named_by)) else { return Ok(None) };
    entry(context, &Dn::from_server(rule), attributes).await
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

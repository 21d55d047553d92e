//! Every step to a directory, one after the other: the first that fails explains the rest.

use crate::client::DirectoryClient;
use crate::connection::session::Search;
use crate::context::DirectoryContext;
use crate::ldap_error;
use crate::scope::filter_check;
use crate::search::run::{self, Query, Scope};
use connector_model::CheckFinding as Found;
use connector_model::{Check, Code, Dn, Error, Filter, HostPort, PasswordNotice, Result, Security};
use futures_util::future::BoxFuture;
use std::time::{Duration, Instant};

/// Time from step to step.
struct Watch(Instant);

impl Watch {
    fn start() -> Self {
        Self(Instant::now())
    }

    /// Since the step before.
    fn lap(&mut self) -> Duration {
        let now = Instant::now();
        now.duration_since(std::mem::replace(&mut self.0, now))
    }
}

/// Steps in their order; later ones are skipped once one failed.
const STEPS: [&str; 4] = ["resolve", "connect", "tls", "bind"];
/// What is read then.
const READS: [&str; 4] = ["root_dse", "base_dn", "sample_read", "paged_read"];
/// People in a page of the check.
const PAGE: u16 = 2;

impl DirectoryClient {
    /// Every step from resolving a host to reading people page by page below each base, on every server that the account names.
    pub fn check<'a>(&'a self, bases: &'a [Dn]) -> BoxFuture<'a, Vec<Check>> {
        Box::pin(async move { all_steps(self, bases).await })
    }

    /// The steps that need no name and password: resolve, connect, TLS, on every server.
    pub fn check_unbound(&self) -> BoxFuture<'_, Vec<Check>> {
        Box::pin(async move { unbound(self).await })
    }
}

async fn all_steps(client: &DirectoryClient, bases: &[Dn]) -> Vec<Check> {
    let mut checks = vec![];
    let servers = match servers(client).await {
        Ok(servers) => servers,
        Err(failed) => return vec![failed],
    };
    let several = servers.len() > 1;
    for server in &servers {
        let target = server.to_string();
        let only = match client.only(server) {
            Ok(only) => only,
            Err(error) => {
                checks.push(Check::fail("root_dse", &*target, &error));
                continue;
            }
        };
        if reach(&only, server, true, &mut checks).await {
            read_on(&only, server, (bases, several), &mut checks).await;
        } else {
            checks.extend(READS.map(|step| Check::skip(step, &*target, Found::EarlierFailed)));
        }
    }
    checks
}

/// What the connector reads, on one server: whoever is asked next is another one on some days.
async fn read_on(
    only: &DirectoryClient,
    server: &HostPort,
    (bases, several): (&[Dn], bool),
    checks: &mut Vec<Check>,
) {
    let (target, mut watch) = (server.to_string(), Watch::start());
    let context = match only.context().await {
        Ok(context) => context,
        Err(error) => {
            return checks.push(Check::fail("root_dse", &*target, &error).took(watch.lap()));
        }
    };
    let bases_told = context.root.bases.iter().map(ToString::to_string).collect();
    let found = Found::Server { server: context.root.kind, bases: bases_told };
    checks.push(Check::pass("root_dse", &*target, found).took(watch.lap()));
    let wanted = if bases.is_empty() { context.root.bases.clone() } else { bases.to_vec() };
    for base in &wanted {
        let place = if several { format!("{target}: {base}") } else { base.to_string() };
        check_base(&context.view(), (base, &place), checks).await;
    }
}

/// The steps before a bind, on every server.
async fn unbound(client: &DirectoryClient) -> Vec<Check> {
    let mut checks = vec![];
    match servers(client).await {
        Ok(servers) => {
            for server in &servers {
                reach(client, server, false, &mut checks).await;
            }
        }
        Err(failed) => checks.push(failed),
    }
    checks
}

async fn servers(client: &DirectoryClient) -> std::result::Result<Vec<HostPort>, Check> {
    client.connector().servers().await.map_err(|error| {
        let target = client.account().domain.clone().unwrap_or_default();
        Check::fail("resolve", target, &error)
    })
}

/// Resolve, connect, TLS and, where asked for, bind on one server.
async fn reach(
    client: &DirectoryClient,
    server: &HostPort,
    bind: bool,
    checks: &mut Vec<Check>,
) -> bool {
    let connector = client.connector();
    let target = format!("{}:{}", server.host, connector.port(server));
    let (mut done, mut watch) = (0, Watch::start());
    let result: Result<()> = async {
        let addresses = connector.resolve(server).await?;
        let found = addresses.iter().map(|a| a.ip().to_string()).collect();
        let found = Found::Resolved { addresses: found };
        checks.push(Check::pass("resolve", &*target, found).took(watch.lap()));
        done = 1;
        let tcp = connector.open(server, &addresses).await?;
        checks.push(Check::pass("connect", &*target, Found::Connected).took(watch.lap()));
        done = 2;
        if client.account().security == Security::Plain {
            drop(tcp);
            checks.push(Check::skip("tls", &*target, Found::TlsOff));
        } else {
            connector.secure(server, tcp).await?;
            let issuer = connector.issuer().unwrap_or_default();
            let found = Found::CertificateVerified { issuer };
            checks.push(Check::pass("tls", &*target, found).took(watch.lap()));
        }
        done = 3;
        if !bind {
            return Ok(());
        }
        let notice = client.bind_reader().await?;
        let name = client.account().bind_name.0.clone();
        let found = match notice.and_then(PasswordNotice::grace_left) {
            None => Found::Bound { name },
            Some(left) => Found::BoundInGrace { name, left },
        };
        checks.push(Check::pass("bind", &*target, found).took(watch.lap()));
        Ok(())
    }
    .await;
    if let Err(error) = &result {
        checks.push(Check::fail(STEPS[done], &*target, error).took(watch.lap()));
        let steps = if bind { &STEPS[..] } else { &STEPS[..3] };
        checks.extend(
            steps[done + 1..].iter().map(|step| Check::skip(step, &*target, Found::EarlierFailed)),
        );
    }
    result.is_ok()
}

async fn check_base(
    context: &DirectoryContext<'_>,
    (base, target): (&Dn, &str),
    checks: &mut Vec<Check>,
) {
    let (any, mut watch) = (Filter::present("objectClass"), Watch::start());
    let query = Query { base, scope: Scope::Base, filter: &any, attributes: &["1.1"] };
    let seen = run::collect(context.pool, &query, 1, context.limits.operation).await;
    let seen = match seen {
        Ok(found) if found.entries.is_empty() => Err(no_rights(base)),
        // A base that the server itself names exists: if it cannot be seen, rights are missing.
        Err(e)
            if e.code == Code::BaseNotFound
                && context.root.bases.iter().any(|b| b.key() == base.key()) =>
        {
            Err(no_rights(base))
        }
        other => other.map(|_| ()),
    };
    if let Err(error) = seen {
        checks.push(Check::fail("base_dn", target, &error.at("base_dn")).took(watch.lap()));
        checks
            .extend(READS[2..].iter().map(|step| Check::skip(step, target, Found::EarlierFailed)));
        return;
    }
    checks.push(Check::pass("base_dn", target, Found::BaseExists).took(watch.lap()));
    let people = context.names.person_filter();
    let attributes = context.names.person_attributes();
    let query = Query { base, scope: Scope::Subtree, filter: &people, attributes: &attributes };
    let check = match run::collect(context.pool, &query, 1, context.limits.operation).await {
        Err(error) => Check::fail("sample_read", target, &error),
        Ok(found) => {
            match found
                .entries
                .first()
                .map(|entry| crate::people::person_entry::person(entry, context.names))
            {
                None => Check::fail("sample_read", target, &no_rights(base)),
                Some(Err(error)) => Check::fail("sample_read", target, &error),
                Some(Ok(_)) => Check::pass("sample_read", target, Found::PeopleReadable),
            }
        }
    };
    checks.push(check.took(watch.lap()));
    let check = match pages(context, base, &people).await {
        Ok(found) => Check::pass("paged_read", target, found),
        Err(error) => Check::fail("paged_read", target, &error),
    };
    checks.push(check.took(watch.lap()));
    checks.extend(enabled_rule(context, base).await);
    checks.extend(other_servers(context, base).await);
}

/// Whether the account's rule decides anything; nothing where there is none.
async fn enabled_rule(context: &DirectoryContext<'_>, base: &Dn) -> Option<Check> {
    let rule = context.names.enabled.as_ref()?;
    Some(match filter_check::check(context, base, rule).await {
        Ok(()) => {
            let rule = rule.to_string();
            Check::pass("enabled_rule", base.as_str(), Found::RuleDecides { rule })
        }
        Err(error) => Check::fail("enabled_rule", base.as_str(), &error.at("enabled")),
    })
}

/// Parts below a base that the server refers to others for; nothing where there are none.
async fn other_servers(context: &DirectoryContext<'_>, base: &Dn) -> Option<Check> {
    // References come with every search of a sub-tree, whoever is looked for (RFC 4511, 4.5.3).
    let nobody = Filter::equal("objectClass", "referral");
    let query = Query { base, scope: Scope::Subtree, filter: &nobody, attributes: &["1.1"] };
    let found = run::collect(context.pool, &query, 100, context.limits.operation).await.ok()?;
    let servers: Vec<String> = found.references.into_iter().take(5).collect();
    let told = !servers.is_empty();
    told.then(|| Check::pass("other_servers", base.as_str(), Found::OtherServers { servers }))
}

/// Reads two pages (RFC 2696), as every import does: a server may answer a small search and refuse this one.
async fn pages(context: &DirectoryContext<'_>, base: &Dn, people: &Filter) -> Result<Found> {
    let filter = people.to_string();
    let mut lease = context.pool.lease(false).await?;
    let mut cookie = vec![];
    for page in 0..2 {
        let search = Search {
            base: base.as_str(),
            scope: Scope::Subtree,
            filter: &filter,
            attributes: &["1.1"],
            size_limit: 0,
            page: Some((PAGE, cookie)),
            show_deleted: false,
            limit: context.limits.page,
        };
        let mut read = 0_usize;
        let end = lease.session()?.search(&search, |_| {
            read += 1;
            if read > ENOUGH { Err(Error::of(Code::MessageTooLarge)) } else { Ok(()) }
        });
        let end = match end.await {
            // A server that pages sends no more than it was asked for.
            Err(_) if read > ENOUGH => return Ok(Found::EverybodyAtOnce),
            end => end?,
        };
        if end.result.rc != 0 {
            return Err(ldap_error::from_result(&end.result, &format!("Reading below {base}")));
        }
        cookie = end.cookie.unwrap_or_default();
        if cookie.is_empty() {
            lease.give_back();
            return Ok(match (page, read > usize::from(PAGE)) {
                (0, true) => Found::EverybodyAtOnce,
                _ => Found::PagesReadable,
            });
        }
    }
    // What is left of the search ends with its connection.
    Ok(Found::PagesReadable)
}

/// So many entries are no page of [`PAGE`].
const ENOUGH: usize = 1000;

fn no_rights(base: &Dn) -> Error {
    Error::new(Code::NoReadRights, format!("The bind account cannot read anybody below {base}."))
}

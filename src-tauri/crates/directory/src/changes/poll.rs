//! Servers that can tell nothing: asked every few seconds for entries with a later `modifyTimestamp`. Deletions, and
//! moves out of the mapping, wait for the full read.

use super::affected::{self, Affected};
use super::mark::{self, generalized_time};
use crate::connection::pool::Lease;
use crate::connection::session::Search;
use crate::context::DirectoryContext;
use crate::ldap_error;
use crate::search::budget::{Page, Read};
use connector_model::{Changes, Code, Error, Filter, Identity, Mapping, Result, Watermark};
use ldap3::Scope;
use std::collections::HashMap;
use time::{Duration, OffsetDateTime};
use tokio::sync::mpsc;
use tokio::time::Instant;

/// Timestamps are whole seconds, replicas and clocks differ: so much is asked for again each time.
const OVERLAP: Duration = Duration::seconds(30);
/// Entries remembered so that nobody is affected twice for one change.
const REMEMBERED: usize = 50_000;
/// The longest generalized time that means anything, in bytes (RFC 4517, 3.3.13).
const TIMESTAMP: usize = 40;
const PAGE: u16 = 500;
/// Between two questions, and twenty times as long as one takes: a server without an index reads everything for it.
const PAUSE: std::time::Duration = std::time::Duration::from_secs(15);

pub(super) async fn follow(
    context: &DirectoryContext<'_>,
    mapping: &Mapping,
    mut since: Watermark,
    changes: mpsc::Sender<Changes>,
) -> Result<()> {
    let mut seen: HashMap<Identity, String> = HashMap::new();
    loop {
        let mut lease = context.pool.lease(false).await?;
        let server = mark::mark(lease.session()?, context, &mapping.base_dn).await?.server;
        if server != since.server {
            lease.give_back();
            return Err(Error::of(Code::ChangesUnknown));
        }
        let began = Instant::now();
        let next = generalized_time(OffsetDateTime::now_utc() - OVERLAP);
        let mut affected = Affected::new(context, mapping);
        read(context, &mut lease, (mapping, &since.position), &mut seen, &mut affected).await?;
        lease.give_back();
        since.position = next.max(since.position);
        if !affected.is_empty() && changes.send(affected.take(since.clone())).await.is_err() {
            return Err(Error::of(Code::Cancelled));
        }
        tokio::select! {
            () = changes.closed() => return Err(Error::of(Code::Cancelled)),
            () = tokio::time::sleep(PAUSE.max(began.elapsed() * 20)) => {}
        }
    }
}

/// Everything below the mapping's base that changed since a time, without what was seen with that time already.
pub(super) async fn read(
    context: &DirectoryContext<'_>,
    lease: &mut Lease<'_>,
    (mapping, since): (&Mapping, &str),
    seen: &mut HashMap<Identity, String>,
    affected: &mut Affected<'_>,
) -> Result<()> {
    let newer = Filter::at_least("modifyTimestamp", since);
    let filter = Filter::and(vec![newer, affected::watched(context)]).to_string();
    let [unique, class] = affected::attributes(context);
    let (mut cookie, mut all) = (vec![], Read::new(context.limits));
    if seen.len() > REMEMBERED {
        seen.clear();
    }
    loop {
        let mut page = Page::new(context.limits);
        let search = Search {
            base: mapping.base_dn.as_str(),
            scope: Scope::Subtree,
            filter: &filter,
            attributes: &[unique, class, "modifyTimestamp"],
            size_limit: 0,
            page: Some((PAGE, cookie)),
            show_deleted: false,
            limit: context.limits.page,
        };
        let end = lease
            .session()?
            .search(&search, |entry| {
                page.take(&entry)?;
                let entry = affected::fit_to_wait(entry)?;
                let mut time = entry.text("modifyTimestamp").unwrap_or_default();
                time.truncate(time.floor_char_boundary(TIMESTAMP));
                let identity = crate::people::person_entry::identity(&entry, context.names);
                let identity = identity.filter(|_| seen.len() <= REMEMBERED);
                let known = identity.is_some_and(|i| seen.insert(i, time.clone()) == Some(time));
                if !known {
                    affected.entry(&entry);
                }
                Ok(())
            })
            .await?;
        if end.result.rc != 0 {
            return Err(ldap_error::from_result(&end.result, "Reading changes"));
        }
        all.take(&page, 0)?;
        match end.cookie {
            Some(next) if !next.is_empty() => cookie = next,
            _ => return Ok(()),
        }
    }
}

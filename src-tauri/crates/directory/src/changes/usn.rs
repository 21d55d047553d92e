//! AD: asks every few seconds for everything with a higher update sequence number (MS-ADTS 3.1.1.1.9). Where nothing
//! happened that is one read of the rootDSE.

use super::affected::{self, Affected};
use super::mark;
use crate::connection::pool::Lease;
use crate::connection::session::Search;
use crate::context::DirectoryContext;
use crate::ldap_error;
use crate::search::budget::{Page, Read};
use connector_model::{Changes, Code, Error, Filter, History, Mapping, Result, Watermark};
use ldap3::Scope;
use std::time::Duration;
use tokio::sync::mpsc;

/// Entries of a page.
const PAGE: u16 = 500;

/// Between two questions to a domain controller.
const POLL: Duration = Duration::from_secs(2);

pub(super) async fn follow(
    context: &DirectoryContext<'_>,
    mapping: &Mapping,
    mut since: Watermark,
    changes: mpsc::Sender<Changes>,
) -> Result<()> {
    loop {
        let mut lease = context.pool.lease(false).await?;
        let now = mark::usn(lease.session()?, context.limits.operation).await?;
        let now = now.filter(|now| now.after(&since) == History::GoesOn);
        let Some(now) = now else {
            lease.give_back();
            return Err(Error::of(Code::ChangesUnknown));
        };
        if now.position != since.position {
            let mut affected = Affected::new(context, mapping);
            read(context, &mut lease, (mapping, since.usn()), &mut affected).await?;
            since = now.clone();
            if changes.send(affected.take(now)).await.is_err() {
                return Err(Error::of(Code::Cancelled));
            }
        }
        lease.give_back();
        tokio::select! {
            () = changes.closed() => return Err(Error::of(Code::Cancelled)),
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

/// Everything of the domain that changed after a number: whoever left the mapping's base is elsewhere now.
async fn read(
    context: &DirectoryContext<'_>,
    lease: &mut Lease<'_>,
    (mapping, after): (&Mapping, u64),
    affected: &mut Affected<'_>,
) -> Result<()> {
    let newer = || Filter::at_least("uSNChanged", (after + 1).to_string());
    let living = Filter::and(vec![newer(), affected::watched(context)]).to_string();
    let deleted = Filter::and(vec![newer(), Filter::equal("isDeleted", "TRUE")]).to_string();
    let attributes = affected::attributes(context);
    let domain = context.root.bases.iter().find(|context| mapping.base_dn.is_under(context));
    let base = domain.or(context.root.bases.first()).unwrap_or(&mapping.base_dn);
    for (filter, show_deleted) in [(&living, false), (&deleted, true)] {
        let (mut cookie, mut all) = (vec![], Read::new(context.limits));
        loop {
            let mut page = Page::new(context.limits);
            let search = Search {
                base: base.as_str(),
                scope: Scope::Subtree,
                filter,
                attributes: &attributes,
                size_limit: 0,
                page: Some((PAGE, cookie)),
                show_deleted,
                limit: context.limits.page,
            };
            let end = lease
                .session()?
                .search(&search, |entry| {
                    page.take(&entry)?;
                    affected.entry(&entry);
                    Ok(())
                })
                .await?;
            if end.result.rc != 0 {
                return Err(ldap_error::from_result(&end.result, "Reading changes"));
            }
            all.take(&page, 0)?;
            match end.cookie {
                Some(next) if !next.is_empty() => cookie = next,
                _ => break,
            }
        }
    }
    Ok(())
}

//! Where a server's history stands now.

use crate::connection::session::{Search, Session};
use crate::context::DirectoryContext;
use crate::search::entry::Entry;
use connector_model::{ChangeMethod, Dn, Result, Watermark};
use ldap3::Scope;
use std::time::Duration;
use time::OffsetDateTime;
use time::macros::format_description;

/// Content synchronization (RFC 4533) and persistent search, as named in `supportedControl`.
const SYNCREPL: &str = "1.3.6.1.4.1.4203.1.9.1.1";
const PERSISTENT_SEARCH: &str = "2.16.840.1.113730.3.4.3";
/// Clocks of server and connector may differ by so much.
const SKEW: Duration = Duration::from_mins(10);

/// The watermark of the server that answers look-ups now, for what is below `base`.
pub(crate) async fn mark_now(context: &DirectoryContext<'_>, base: &Dn) -> Result<Watermark> {
    let mut lease = context.pool.lease(false).await?;
    let now = match mark(lease.session()?, context, base).await {
        Err(error) if lease.died(&error) => {
            lease = context.pool.lease(true).await?;
            mark(lease.session()?, context, base).await?
        }
        now => now?,
    };
    lease.give_back();
    Ok(now)
}

/// The watermark of the server behind this connection, for what is below `base`.
pub(crate) async fn mark(
    session: &mut Session,
    context: &DirectoryContext<'_>,
    base: &Dn,
) -> Result<Watermark> {
    let limit = context.limits.operation;
    if context.names.is_ad
        && let Some(watermark) = usn(session, limit).await?
    {
        return Ok(watermark);
    }
    let offers = |oid: &str| context.root.controls.iter().any(|control| control == oid);
    if offers(SYNCREPL)
        && let Some(context) = context.root.bases.iter().find(|context| base.is_under(context))
        && let Some(watermark) = context_csn(session, context, limit).await?
    {
        return Ok(watermark);
    }
    let method = if offers(PERSISTENT_SEARCH) {
        ChangeMethod::PersistentSearch
    } else {
        ChangeMethod::ModifyTimestamp
    };
    let position = generalized_time(OffsetDateTime::now_utc() - SKEW);
    Ok(Watermark { method, server: session.server.clone(), position })
}

/// AD: which domain controller, and its highest committed update sequence number (MS-ADTS 3.1.1.1.9). The name of the
/// controller stands in for its `invocationId` where the bind account may not read that.
pub(super) async fn usn(session: &mut Session, limit: Duration) -> Result<Option<Watermark>> {
    let root = one(session, "", &["dsServiceName", "highestCommittedUSN"], limit).await?;
    let text = |name| root.as_ref().and_then(|root| root.text(name));
    let (Some(position), Some(name)) = (text("highestCommittedUSN"), text("dsServiceName")) else {
        return Ok(None);
    };
    let settings = one(session, &name, &["invocationId"], limit).await?;
    let invocation = settings.as_ref().and_then(|s| s.values("invocationId").first().copied());
    let server = match invocation {
        Some(id) => id.iter().map(|byte| format!("{byte:02x}")).collect(),
        None => name,
    };
    Ok(Some(Watermark { method: ChangeMethod::UsnChanged, server, position }))
}

/// OpenLDAP: what the provider has seen of every server. Replicas of one directory share the suffix entry's `entryUUID`;
/// one that was loaded anew has another.
async fn context_csn(
    session: &mut Session,
    context: &Dn,
    limit: Duration,
) -> Result<Option<Watermark>> {
    let Some(entry) = one(session, context.as_str(), &["contextCSN", "entryUUID"], limit).await?
    else {
        return Ok(None);
    };
    let mut csns: Vec<String> = entry.texts("contextCSN").collect();
    csns.sort();
    let position = csns.join(";");
    let server = entry.text("entryUUID").unwrap_or_else(|| context.key());
    let watermark = Watermark { method: ChangeMethod::Syncrepl, server, position };
    Ok((!watermark.position.is_empty()).then_some(watermark))
}

async fn one(
    session: &mut Session,
    base: &str,
    attributes: &[&str],
    limit: Duration,
) -> Result<Option<Entry>> {
    let search = Search {
        base,
        scope: Scope::Base,
        filter: "(objectClass=*)",
        attributes,
        size_limit: 0,
        page: None,
        show_deleted: false,
        limit,
    };
    let mut found = None;
    session
        .search(&search, |entry| {
            found = Some(entry);
            Ok(())
        })
        .await?;
    Ok(found)
}

/// A time as attributes have it (RFC 4517, 3.3.13).
pub(super) fn generalized_time(at: OffsetDateTime) -> String {
    let format = format_description!("[year][month][day][hour][minute][second]Z");
    at.format(&format).unwrap_or_else(|_| "19700101000000Z".to_owned())
}

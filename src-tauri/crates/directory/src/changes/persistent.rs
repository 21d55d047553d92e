//! Persistent search (draft-ietf-ldapext-psearch-03), as 389 Directory Server has it: the server sends every change as
//! it happens, and nothing of what happened before. A full read after each start closes that gap.

use super::affected::{self, Affected};
use super::mark::generalized_time;
use crate::connection::session::{Item, Search};
use crate::context::DirectoryContext;
use crate::ldap_error;
use crate::search::entry::Entry;
use connector_model::{Changes, Code, Error, Mapping, Result, Watermark};
use ldap3::Scope;
use ldap3::controls::RawControl;
use std::time::Duration;
use time::OffsetDateTime;
use tokio::sync::mpsc;

const PERSISTENT_SEARCH: &str = "2.16.840.1.113730.3.4.3";
/// `SEQUENCE { changeTypes INTEGER, changesOnly BOOLEAN, returnECs BOOLEAN }` in BER: every kind of change (15),
/// nothing of what is there already, without notes on each.
const EVERY_CHANGE: [u8; 11] = [0x30, 9, 2, 1, 15, 1, 1, 0xff, 1, 1, 0];
/// A server that ends the search earlier is asked again; longer than this no server is believed to be alive.
const LONGEST: Duration = Duration::from_hours(12);
const QUIET: Duration = Duration::from_millis(200);
const WAITING: usize = 5000;

pub(super) async fn follow(
    context: &DirectoryContext<'_>,
    mapping: &Mapping,
    since: Watermark,
    changes: mpsc::Sender<Changes>,
) -> Result<()> {
    let filter = affected::watched(context).to_string();
    let attributes = affected::attributes(context);
    let search = Search {
        base: mapping.base_dn.as_str(),
        scope: Scope::Subtree,
        filter: &filter,
        attributes: &attributes,
        size_limit: 0,
        page: None,
        show_deleted: false,
        limit: LONGEST,
    };
    let control = RawControl {
        ctype: PERSISTENT_SEARCH.to_owned(),
        crit: true,
        val: Some(EVERY_CHANGE.to_vec()),
    };
    let mut lease = context.pool.apart().await?;
    if lease.session()?.server != since.server {
        return Err(Error::of(Code::ChangesUnknown));
    }
    let (tell, told) = mpsc::channel::<Entry>(WAITING);
    let listening = lease.session()?.listen(&search, vec![control], move |item| match item {
        Item::Entry(entry, _) => {
            let entry = affected::fit_to_wait(entry)?;
            tell.try_send(entry).map_err(|_| Error::of(Code::ChangesUnknown))
        }
        Item::Intermediate(_) => Ok(()),
    });
    let collecting = collect(context, mapping, since, told, &changes);
    let (end, ()) = tokio::try_join!(listening, collecting)?;
    match end.result.rc {
        0 => Err(Error::of(Code::ConnectionLost)),
        _ => Err(ldap_error::from_result(&end.result, "Following changes")),
    }
}

async fn collect(
    context: &DirectoryContext<'_>,
    mapping: &Mapping,
    mut since: Watermark,
    mut told: mpsc::Receiver<Entry>,
    changes: &mpsc::Sender<Changes>,
) -> Result<()> {
    let mut affected = Affected::new(context, mapping);
    // What happened between the last full read and now is not told.
    affected.unclear();
    loop {
        let more = tokio::time::timeout(QUIET, told.recv()).await;
        match more {
            Ok(Some(entry)) => affected.entry(&entry),
            Err(_) if affected.is_empty() => match told.recv().await {
                Some(entry) => affected.entry(&entry),
                None => return Ok(()),
            },
            Ok(None) if affected.is_empty() => return Ok(()),
            _ => {
                since.position = generalized_time(OffsetDateTime::now_utc());
                let batch = affected.take(since.clone());
                changes.send(batch).await.map_err(|_| Error::of(Code::Cancelled))?;
            }
        }
    }
}

//! Content synchronization (RFC 4533): the server sends what happened since a cookie, then what happens.

use super::affected::{self, Affected};
use crate::connection::session::{Item, Search};
use crate::context::DirectoryContext;
use crate::ldap_error;
use crate::search::entry::Entry;
use connector_model::{Changes, Code, Error, Identity, Mapping, Result, Watermark};
use ldap3::Scope;
use ldap3::controls::{
    Control, ControlType, EntryState, RawControl, RefreshMode, SyncInfo, SyncRequest, SyncState,
    parse_syncinfo,
};
use std::time::Duration;
use tokio::sync::mpsc;

/// A connection is renewed after so long, so that one that died in silence is noticed.
const RENEWAL: Duration = Duration::from_mins(10);
/// Changes that come closer together than this are carried out together, up to so many.
const QUIET: Duration = Duration::from_millis(200);
const TOGETHER: usize = 1000;
/// Messages that may wait while earlier ones are carried out; a full read replaces more.
const WAITING: usize = 5000;
/// `e-syncRefreshRequired` (RFC 4533, 2.6): the cookie is too old.
const REFRESH_REQUIRED: u32 = 4096;

/// What the server says, in order.
enum Event {
    Entry(Entry),
    Gone(Identity),
    /// Everything that was not named is gone; who that is must be read.
    RestIsGone,
    Cookie(String),
}

pub(super) async fn follow(
    context: &DirectoryContext<'_>,
    mapping: &Mapping,
    mut since: Watermark,
    changes: mpsc::Sender<Changes>,
) -> Result<()> {
    loop {
        let (events, reported) = mpsc::channel::<Event>(WAITING);
        let listening = listen(context, mapping, &since.position, events);
        let collecting = collect(context, mapping, since.clone(), reported, &changes);
        let (end, collected) = tokio::join!(listening, collecting);
        since = collected?;
        match end {
            // Its time is over: a new connection goes on.
            Err(error) if error.code == Code::Timeout => {}
            Ok(()) => return Err(Error::of(Code::ConnectionLost)),
            Err(error) => return Err(error),
        }
    }
}

async fn listen(
    context: &DirectoryContext<'_>,
    mapping: &Mapping,
    position: &str,
    events: mpsc::Sender<Event>,
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
        limit: RENEWAL,
    };
    let request = SyncRequest {
        mode: RefreshMode::RefreshAndPersist,
        cookie: Some(format!("rid=000,csn={position}").into_bytes()),
        reload_hint: false,
    };
    let reporter = Reporter {
        by_uuid: context.names.unique_id.as_str().eq_ignore_ascii_case("entryUUID"),
        events,
    };
    let mut lease = context.pool.apart().await?;
    let end = lease
        .session()?
        .listen(&search, vec![RawControl::from(request)], |item| match item {
            Item::Entry(entry, controls) => reporter.entry(entry, &controls),
            Item::Intermediate(message) => reporter.sync_info(parse_syncinfo(message)),
        })
        .await?;
    match end.result.rc {
        0 => Ok(()),
        REFRESH_REQUIRED => Err(Error::of(Code::ChangesUnknown)),
        _ => Err(ldap_error::from_result(&end.result, "Following changes")),
    }
}

/// Turns what the server sends into events.
struct Reporter {
    /// Deletions are reported by entryUUID; it says nothing where people are known by another attribute.
    by_uuid: bool,
    events: mpsc::Sender<Event>,
}

impl Reporter {
    fn entry(&self, entry: Entry, controls: &[Control]) -> Result<()> {
        let Some(state) = sync_state(controls) else { return Ok(()) };
        self.report(match state.state {
            EntryState::Present => return Ok(()),
            EntryState::Add | EntryState::Modify => Event::Entry(affected::fit_to_wait(entry)?),
            EntryState::Delete => self.gone(&state.entry_uuid),
        })?;
        self.cookie(state.cookie)
    }

    fn sync_info(&self, info: SyncInfo) -> Result<()> {
        match info {
            SyncInfo::NewCookie(cookie) => self.cookie(Some(cookie)),
            SyncInfo::RefreshDelete { cookie, .. } => self.cookie(cookie),
            SyncInfo::RefreshPresent { cookie, .. } => {
                self.report(Event::RestIsGone)?;
                self.cookie(cookie)
            }
            SyncInfo::SyncIdSet { cookie, refresh_deletes, sync_uuids } => {
                if refresh_deletes {
                    sync_uuids.iter().try_for_each(|uuid| self.report(self.gone(uuid)))?;
                }
                self.cookie(cookie)
            }
        }
    }

    fn gone(&self, uuid: &[u8]) -> Event {
        match uuid_text(uuid) {
            Some(identity) if self.by_uuid => Event::Gone(identity),
            _ => Event::RestIsGone,
        }
    }

    fn cookie(&self, cookie: Option<Vec<u8>>) -> Result<()> {
        cookie.and_then(|cookie| csn(&cookie)).map_or(Ok(()), |csn| self.report(Event::Cookie(csn)))
    }

    fn report(&self, event: Event) -> Result<()> {
        self.events.try_send(event).map_err(|_| Error::of(Code::ChangesUnknown))
    }
}

/// Puts what was reported into batches, until nothing more is. Returns how far it came.
async fn collect(
    context: &DirectoryContext<'_>,
    mapping: &Mapping,
    mut since: Watermark,
    mut reported: mpsc::Receiver<Event>,
    changes: &mpsc::Sender<Changes>,
) -> Result<Watermark> {
    let mut affected = Affected::new(context, mapping);
    let mut count = 0;
    loop {
        let next = if affected.is_empty() {
            reported.recv().await.map(Some)
        } else if count >= TOGETHER {
            Some(None)
        } else {
            tokio::time::timeout(QUIET, reported.recv())
                .await
                .map_or(Some(None), |next| next.map(Some))
        };
        match next {
            Some(Some(Event::Entry(entry))) => affected.entry(&entry),
            Some(Some(Event::Gone(identity))) => affected.gone(identity),
            Some(Some(Event::RestIsGone)) => affected.unclear(),
            Some(Some(Event::Cookie(position))) => since.position = position,
            // Quiet, or enough; or the end.
            over => {
                count = 0;
                hand_on(&mut affected, &since, changes).await?;
                if over.is_none() {
                    return Ok(since);
                }
            }
        }
        count += 1;
    }
}

async fn hand_on(
    affected: &mut Affected<'_>,
    since: &Watermark,
    changes: &mpsc::Sender<Changes>,
) -> Result<()> {
    if affected.is_empty() {
        return Ok(());
    }
    let batch = affected.take(since.clone());
    changes.send(batch).await.map_err(|_| Error::of(Code::Cancelled))
}

fn sync_state(controls: &[Control]) -> Option<SyncState> {
    controls.iter().find_map(|control| match control {
        Control(Some(ControlType::SyncState), raw) => Some(raw.parse::<SyncState>()),
        _ => None,
    })
}

/// The change sequence numbers of a cookie (`rid=…,sid=…,csn=…;…`).
fn csn(cookie: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(cookie).ok()?;
    let csns = text.split(',').find_map(|part| part.strip_prefix("csn="))?;
    let mut csns: Vec<&str> = csns.split(';').filter(|csn| !csn.is_empty()).collect();
    csns.sort_unstable();
    (!csns.is_empty()).then(|| csns.join(";"))
}

fn uuid_text(bytes: &[u8]) -> Option<Identity> {
    let bytes: [u8; 16] = bytes.try_into().ok()?;
    Some(Identity::from_text(&uuid::Uuid::from_bytes(bytes).to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_and_identifiers_are_read_as_the_server_writes_them() {
        let cookie = b"rid=000,sid=001,csn=20260102000000.000000Z#000000#002#000000;20260101000000.000000Z#000000#001#000000";
        assert_eq!(
            csn(cookie).unwrap(),
            "20260101000000.000000Z#000000#001#000000;20260102000000.000000Z#000000#002#000000"
        );
        assert_eq!(csn(b"rid=000"), None);
        assert_eq!(csn(b"\xff"), None);
        let uuid = uuid_text(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]).unwrap();
        assert_eq!(uuid.as_str(), "00010203-0405-0607-0809-0a0b0c0d0e0f");
        assert_eq!(uuid_text(b"short"), None);
    }
}

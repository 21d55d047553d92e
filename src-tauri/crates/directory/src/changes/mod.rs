//! What happens in a directory between two full reads: how it is learned is chosen from what the server says of itself.

pub(crate) mod affected;
mod mark;
mod persistent;
mod poll;
mod syncrepl;
mod usn;

pub(crate) use mark::mark;

use crate::client::Parts;
use connector_model::{ChangeMethod, Changes, Mapping, Result, Watermark};
use std::time::Duration;
use tokio::sync::mpsc;

/// Between two questions to a domain controller.
pub(crate) const POLL: Duration = Duration::from_secs(2);

/// Follows the changes around a mapping from `since` on, for as long as the server and `changes` allow. Ends with
/// `changes_unknown` where the server no longer knows what happened since then: then a full read is due.
pub(crate) async fn follow(
    parts: &Parts<'_>,
    mapping: &Mapping,
    since: Watermark,
    changes: mpsc::Sender<Changes>,
) -> Result<()> {
    match since.method {
        ChangeMethod::Syncrepl => syncrepl::follow(parts, mapping, since, changes).await,
        ChangeMethod::UsnChanged => usn::follow(parts, mapping, since, changes).await,
        ChangeMethod::PersistentSearch => persistent::follow(parts, mapping, since, changes).await,
        ChangeMethod::ModifyTimestamp => poll::follow(parts, mapping, since, changes).await,
    }
}

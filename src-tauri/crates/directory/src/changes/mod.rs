//! What happens in a directory between two full reads: how it is learned is chosen from what the server says of itself.

pub(crate) mod affected;
mod mark;
mod persistent;
mod poll;
mod syncrepl;
mod usn;

pub(crate) use mark::{mark, mark_now};

use crate::context::DirectoryContext;
use connector_model::{ChangeMethod, Changes, Mapping, Result, Watermark};
use tokio::sync::mpsc;

/// Follows the changes around a mapping from `since` on, for as long as the server and `changes` allow. Ends with
/// `changes_unknown` where the server no longer knows what happened since then: then a full read is due.
pub(crate) async fn follow(
    context: &DirectoryContext<'_>,
    mapping: &Mapping,
    since: Watermark,
    changes: mpsc::Sender<Changes>,
) -> Result<()> {
    match since.method {
        ChangeMethod::Syncrepl => syncrepl::follow(context, mapping, since, changes).await,
        ChangeMethod::UsnChanged => usn::follow(context, mapping, since, changes).await,
        ChangeMethod::PersistentSearch => {
            persistent::follow(context, mapping, since, changes).await
        }
        ChangeMethod::ModifyTimestamp => poll::follow(context, mapping, since, changes).await,
    }
}

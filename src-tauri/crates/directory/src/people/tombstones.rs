//! What a server still shows of deleted entries. On AD they stay for months in `CN=Deleted Objects`, visible to accounts
//! that may read it (MS-ADTS 3.1.1.5.5).

use crate::connection::session::Search;
use crate::context::DirectoryContext;
use crate::ldap_error;
use crate::people::named::by_identities;
use crate::people::person_entry;
use connector_model::{Filter, Identity, Result};
use ldap3::Scope;

/// Those of these identities whose tombstone can be read. Nobody on servers without tombstones.
pub(crate) async fn find(
    context: &DirectoryContext<'_>,
    identities: &[Identity],
) -> Result<Vec<Identity>> {
    let Some(wanted) = by_identities(context.names, identities) else { return Ok(vec![]) };
    if !context.names.is_ad {
        return Ok(vec![]);
    }
    let filter = Filter::and(vec![Filter::equal("isDeleted", "TRUE"), wanted]).to_string();
    let attributes = [context.names.unique_id.as_str()];
    let mut deleted = vec![];
    let mut lease = context.pool.lease(false).await?;
    for base in &context.root.bases {
        let search = Search {
            base: base.as_str(),
            scope: Scope::Subtree,
            filter: &filter,
            attributes: &attributes,
            size_limit: 0,
            page: None,
            show_deleted: true,
            limit: context.limits.operation,
        };
        let end = lease
            .session()?
            .search(&search, |entry| {
                deleted.extend(person_entry::identity(&entry, context.names));
                Ok(())
            })
            .await?;
        if end.result.rc != 0 {
            return Err(ldap_error::from_result(&end.result, "Reading deleted entries"));
        }
    }
    lease.give_back();
    deleted.truncate(identities.len());
    Ok(deleted)
}

//! Who is where somebody was last seen.

use crate::context::DirectoryContext;
use crate::people::person_entry;
use crate::search::run::{self, Query, Scope};
use connector_model::{Code, Dn, Filter, Occupant, Result};

/// Looks at one DN, whatever is there.
pub(crate) async fn of(context: &DirectoryContext<'_>, dn: &Dn) -> Result<Occupant> {
    let filter = Filter::present("objectClass");
    let attributes = [context.names.unique_id.as_str()];
    let query = Query { base: dn, scope: Scope::Base, filter: &filter, attributes: &attributes };
    match run::collect_here(context.pool, &query, 1, context.limits.operation).await {
        Ok(found) => Ok(match (found.entries.first(), found.references.into_iter().next()) {
            (Some(entry), _) => person_entry::identity(entry, context.names)
                .map_or(Occupant::Unknown, Occupant::Known),
            (None, Some(url)) => Occupant::OnOtherServer(url),
            (None, None) => Occupant::Nobody,
        }),
        Err(error) if error.code == Code::BaseNotFound => Ok(Occupant::Nobody),
        // There is something, and the bind account may not see it.
        Err(error) if error.code == Code::NoReadRights => Ok(Occupant::Unknown),
        Err(error) => Err(error),
    }
}

/// Whether a person can be read directly in a container.
pub(crate) async fn any_person(context: &DirectoryContext<'_>, container: &Dn) -> Result<bool> {
    let filter = context.names.person_filter();
    let attributes = [context.names.unique_id.as_str()];
    let query =
        Query { base: container, scope: Scope::OneLevel, filter: &filter, attributes: &attributes };
    match run::collect(context.pool, &query, 1, context.limits.operation).await {
        Ok(found) => Ok(!found.entries.is_empty()),
        Err(error) if matches!(error.code, Code::BaseNotFound | Code::NoReadRights) => Ok(false),
        Err(error) => Err(error),
    }
}

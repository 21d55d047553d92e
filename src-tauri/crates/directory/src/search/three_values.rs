//! Whether a server's filters have three values (RFC 4511, 4.5.1.7), or say "no" of what they do not know, as Samba's do.

use crate::connection::pool::Pool;
use crate::search::run::{self, Query, Scope};
use connector_model::{Code, Dn, Filter, Result};
use std::time::Duration;

/// No schema has it: a server with three values finds neither a test of it nor its negation to hold.
const UNKNOWN: &str = "inSyncConnectorNoSuchAttribute";

/// Asks for an entry that can be seen by the negation of what no server can know. Where that entry cannot be seen, or the
/// server refuses the question, it is taken for one with two values: more is asked of it then.
pub(crate) async fn ask(pool: &Pool, base: &Dn, deadline: Duration) -> Result<bool> {
    let there = Filter::present("objectClass");
    let not_known = Filter::negate(Filter::equal(UNKNOWN, "1"));
    let negated = Filter::And(vec![there.clone(), not_known]);
    Ok(holds(pool, base, &there, deadline).await? == Some(true)
        && holds(pool, base, &negated, deadline).await? == Some(false))
}

/// `None`: the server does not take the question.
async fn holds(
    pool: &Pool,
    base: &Dn,
    filter: &Filter,
    deadline: Duration,
) -> Result<Option<bool>> {
    let query = Query { base, scope: Scope::Base, filter, attributes: &["1.1"] };
    match run::collect(pool, &query, 1, deadline).await {
        Ok(found) => Ok(Some(!found.entries.is_empty())),
        Err(error) if refused(error.code) => Ok(None),
        Err(error) => Err(error),
    }
}

fn refused(code: Code) -> bool {
    use Code::{BaseNotFound, DirectoryRefused, InvalidFilter, NoReadRights};
    matches!(code, BaseNotFound | DirectoryRefused | InvalidFilter | NoReadRights)
}

//! Why OpenLDAP refuses somebody whose password may be right: by default it answers a locked account like a wrong
//! password (`ppolicy_use_lockout`), and a disabled one like a locked one.

use crate::context::DirectoryContext;
use crate::search::run::{self, Query, Scope};
use connector_model::{Dn, Filter, Result, SignInOutcome};

const STAMP: &str = "pwdAccountLockedTime";
/// A lock without end (draft-behera-ldap-password-policy-10, 5.3.3).
const FOR_EVER: &str = "000001010000";

/// `disabled` or `locked` by the entry, right after a bind that was refused: a bind removes the stamp of a lock that is
/// over. `None` where the entry shows neither.
pub(crate) async fn of(context: &DirectoryContext<'_>, dn: &Dn) -> Result<Option<SignInOutcome>> {
    let any = Filter::present("objectClass");
    let query = Query { base: dn, scope: Scope::Base, filter: &any, attributes: &[STAMP] };
    let found = run::collect(context.pool, &query, 1, context.limits.operation).await?;
    let stamp = found.entries.first().and_then(|entry| entry.text(STAMP));
    Ok(stamp.map(|stamp| {
        if stamp.starts_with(FOR_EVER) { SignInOutcome::Disabled } else { SignInOutcome::Locked }
    }))
}

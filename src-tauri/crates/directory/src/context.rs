//! What every operation on a directory works with.

use crate::connection::limits::Limits;
use crate::connection::pool::Pool;
use crate::scope::member_cache::MemberCache;
use crate::search::attribute_names::Names;
use crate::search::root_dse::RootDse;

/// A directory's connections, and what is known of it.
pub(crate) struct DirectoryContext<'a> {
    pub pool: &'a Pool,
    pub root: &'a RootDse,
    pub names: &'a Names,
    pub limits: &'a Limits,
    pub members: &'a MemberCache,
}

impl DirectoryContext<'_> {
    pub fn view(&self) -> DirectoryContext<'_> {
        DirectoryContext {
            pool: self.pool,
            root: self.root,
            names: self.names,
            limits: self.limits,
            members: self.members,
        }
    }
}

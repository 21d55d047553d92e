//! What every operation on a directory works with.

use crate::connection::limits::Limits;
use crate::connection::pool::Pool;
use crate::scope::members::cache::MemberCache;
use crate::search::attribute_names::Names;
use crate::search::domains::{Domains, KnownDomains};
use crate::search::root_dse::RootDse;
use crate::search::schema::{KnownSchema, Schema};
use crate::search::three_values;
use connector_model::{Dn, Result};
use std::sync::Arc;
use tokio::sync::OnceCell;

/// A directory's connections, and what is known of it.
pub(crate) struct DirectoryContext<'a> {
    pub pool: &'a Pool,
    pub root: &'a RootDse,
    pub names: &'a Names,
    pub limits: &'a Limits,
    pub members: &'a MemberCache,
    pub learned: &'a Learned,
}

/// What is asked of a server only when somebody needs it.
#[derive(Default)]
pub(crate) struct Learned {
    schema: KnownSchema,
    domains: KnownDomains,
    three_valued: OnceCell<bool>,
}

impl DirectoryContext<'_> {
    pub fn view(&self) -> DirectoryContext<'_> {
        DirectoryContext {
            pool: self.pool,
            root: self.root,
            names: self.names,
            limits: self.limits,
            members: self.members,
            learned: self.learned,
        }
    }

    /// The attributes that the server knows; `None` where that cannot be read.
    pub async fn schema(&self) -> Option<Arc<Schema>> {
        let place = self.root.subschema.as_ref();
        self.learned.schema.get(self.pool, place, self.limits.operation).await
    }

    /// The domains of the forest; none on servers that are no domain controllers.
    pub async fn domains(&self) -> Result<Arc<Domains>> {
        self.learned.domains.get(self.pool, self.root, self.limits.operation).await
    }

    /// Whether the server counts what it hides as none: AD does (MS-ADTS 3.1.1.4.3), and whoever has two values only.
    pub async fn hides_as_none(&self) -> Result<bool> {
        Ok(self.names.is_ad || !self.three_valued().await?)
    }

    /// Whether the server's filters have three values.
    pub async fn three_valued(&self) -> Result<bool> {
        let root = Dn::from_server("");
        let base = self.root.bases.first().unwrap_or(&root);
        let ask = || three_values::ask(self.pool, base, self.limits.operation);
        self.learned.three_valued.get_or_try_init(ask).await.copied()
    }
}

//! Whether a value that somebody lacks would be seen, on servers that count what they hide as none: Active Directory does
//! (MS-ADTS 3.1.1.4.3), and so do those whose filters have two values.

use crate::context::DirectoryContext;
use crate::search::run::{self, Query, Scope};
use connector_model::filter::Attribute;
use connector_model::{Code, Dn, Filter, Result};
use std::collections::HashMap;

/// Answers that are kept.
const KEPT: usize = 10_000;

/// Whether values of an attribute can be seen of others in a container, each asked for once.
#[derive(Default)]
pub(crate) struct Shown(HashMap<(String, String), bool>);

impl Shown {
    /// Whether somebody directly in the container shows a value.
    pub async fn by_others(
        &mut self,
        context: &DirectoryContext<'_>,
        container: Option<&Dn>,
        attribute: &str,
    ) -> Result<bool> {
        let Some(container) = container else { return Ok(false) };
        let key = (container.key(), attribute.to_ascii_lowercase());
        if let Some(known) = self.0.get(&key) {
            return Ok(*known);
        }
        let present = Filter::Present(attribute.parse::<Attribute>()?);
        let filter = Filter::And(vec![context.names.person_filter(), present]);
        let query = Query {
            base: container,
            scope: Scope::OneLevel,
            filter: &filter,
            attributes: &["1.1"],
        };
        let shown = match run::collect(context.pool, &query, 1, context.limits.operation).await {
            Ok(found) => !found.entries.is_empty(),
            Err(error) if matches!(error.code, Code::BaseNotFound | Code::NoReadRights) => false,
            Err(error) => return Err(error),
        };
        if self.0.len() >= KEPT {
            self.0.clear();
        }
        self.0.insert(key, shown);
        Ok(shown)
    }

    /// Whether that is so of all these attributes.
    pub async fn all_by_others(
        &mut self,
        context: &DirectoryContext<'_>,
        container: Option<&Dn>,
        attributes: &[&str],
    ) -> Result<bool> {
        for attribute in attributes {
            if !self.by_others(context, container, attribute).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

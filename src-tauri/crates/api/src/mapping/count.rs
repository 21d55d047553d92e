//! Quick answers while a mapping is edited: its filter in words of LDAP, and how many people it means.

use crate::host::Host;
use connector_engine::Example;
use connector_model::{Condition, Filter, Mapping, Result};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Somebody waits in front of the screen: after this time the count so far is told.
const PATIENCE: Duration = Duration::from_secs(8);

/// A filter as it is edited: built from conditions, or typed.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(optional_fields))]
pub struct FilterRequest {
    /// Conditions.
    pub conditions: Option<Condition>,
    /// RFC 4515 text; an empty one means no filter.
    pub filter: Option<String>,
}

/// A filter that can be used.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CompiledFilter {
    /// RFC 4515 text; empty where nothing is asked.
    pub filter: String,
}

/// How many people a mapping reads.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PeopleCount {
    /// People counted.
    pub count: u64,
    /// Whether that is everybody.
    pub complete: bool,
    /// Five of them, as they would be in the cloud.
    pub examples: Vec<Example>,
}

impl Host {
    /// Checks what is edited, and shows it as RFC 4515 text. Values are escaped by type.
    pub fn compile_filter(&self, asked: &FilterRequest) -> Result<CompiledFilter> {
        let mut parts = vec![];
        if let Some(text) = asked.filter.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            parts.push(text.parse::<Filter>().map_err(|error| error.at("filter"))?);
        }
        if let Some(conditions) = &asked.conditions {
            parts.push(conditions.to_filter().map_err(|error| error.at("conditions"))?);
        }
        let filter = if parts.is_empty() { String::new() } else { Filter::and(parts).to_string() };
        Ok(CompiledFilter { filter })
    }

    /// Counts the people of a mapping that need not be stored, for at most 8 seconds.
    pub async fn count_people(&self, mapping: &Mapping) -> Result<PeopleCount> {
        let counted = self.engine().count(mapping, PATIENCE).await?;
        let (count, complete) = (counted.people, counted.complete);
        Ok(PeopleCount { count, complete, examples: counted.examples })
    }
}

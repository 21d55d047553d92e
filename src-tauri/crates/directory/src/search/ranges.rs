//! Attributes with very many values: AD hands them out in ranges (MS-ADTS 3.1.1.3.1.3.3).

use crate::connection::pool::Pool;
use crate::search::entry::Entry;
use crate::search::run::{self, Query, Scope};
use connector_model::{Code, Dn, Error, Filter, Result};
use std::ops::ControlFlow;
use std::time::Duration;

/// Most round trips for one attribute: 10 million values at AD's 1,500.
const MAX_STEPS: usize = 7_000;

/// Every value of `attribute`, handed to `on_values` in portions until it has enough. Servers without ranges answer in one.
pub(crate) async fn all_values(
    pool: &Pool,
    dn: &Dn,
    attribute: &str,
    deadline: Duration,
    mut on_values: impl FnMut(&[&[u8]]) -> ControlFlow<()> + Send,
) -> Result<()> {
    let filter = Filter::present("objectClass");
    let mut wanted = attribute.to_owned();
    for _ in 0..MAX_STEPS {
        let query = Query { base: dn, scope: Scope::Base, filter: &filter, attributes: &[&wanted] };
        let found = run::collect(pool, &query, 1, deadline).await?;
        let Some(entry) = found.entries.first() else {
            return Err(Error::new(Code::ScopeMissing, format!("{dn} no longer exists.")));
        };
        if let Some((name, next)) = next_range(entry, attribute) {
            if on_values(&entry.values(&name)).is_break() {
                return Ok(());
            }
            match next {
                Some(start) => wanted = format!("{attribute};range={start}-*"),
                None => return Ok(()),
            }
        } else {
            let _ = on_values(&entry.values(attribute));
            return Ok(());
        }
    }
    Err(Error::new(Code::IncompleteRead, format!("{dn} has more members than can be read.")))
}

/// The range that the entry holds, and where the next one starts; `None` without ranges.
pub(crate) fn next_range(entry: &Entry, attribute: &str) -> Option<(String, Option<u64>)> {
    let prefix = format!("{};range=", attribute.to_ascii_lowercase());
    entry.names().find_map(|name| {
        let lower = name.to_ascii_lowercase();
        let (_, end) = lower.strip_prefix(&prefix)?.split_once('-')?;
        let next = if end == "*" { None } else { Some(end.parse::<u64>().ok()? + 1) };
        Some((name.to_owned(), next))
    })
}

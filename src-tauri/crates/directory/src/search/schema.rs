//! The attributes that a server knows, from its subschema (RFC 4512, 4.2 and 4.4). It is often readable and never
//! certain to be: without it nothing is said of any attribute.

use crate::connection::pool::Pool;
use crate::search::ranges;
use connector_model::{Dn, Result};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Attribute types that are kept; the largest schemas have some thousands.
const MAX_TYPES: usize = 50_000;
/// How long a schema is believed to be as it was read.
const LIFE: Duration = Duration::from_mins(10);

/// Attribute types by every name and OID that they have.
#[derive(Debug, Default)]
pub(crate) struct Schema {
    types: Vec<Vec<String>>,
    by_name: HashMap<String, usize>,
}

impl Schema {
    /// Whether the server knows an attribute, under whatever of its names; options do not count.
    pub fn knows(&self, attribute: &str) -> bool {
        self.find(attribute).is_some()
    }

    /// Every name of an attribute, its OID first; nothing where the server does not know it.
    #[cfg_attr(not(test), expect(dead_code, reason = "who compares names of attributes needs it"))]
    pub fn names(&self, attribute: &str) -> &[String] {
        self.find(attribute).map_or(&[], |at| &self.types[at])
    }

    fn find(&self, attribute: &str) -> Option<usize> {
        let name = attribute.split(';').next().unwrap_or_default();
        self.by_name.get(&name.to_ascii_lowercase()).copied()
    }

    /// Takes one `attributeTypes` value.
    pub fn add(&mut self, description: &str) {
        let names = names(description);
        for name in &names {
            self.by_name.insert(name.to_ascii_lowercase(), self.types.len());
        }
        self.types.push(names);
    }
}

/// OID and names of an `AttributeTypeDescription`: `( OID NAME 'one' … )` or `( OID NAME ( 'one' 'two' ) … )`.
fn names(description: &str) -> Vec<String> {
    let mut words = description.split_whitespace().flat_map(|word| {
        // Parentheses may stand against a word.
        let inner = word.trim_matches(|c| c == '(' || c == ')');
        [word.starts_with('(').then_some("("), Some(inner), word.ends_with(')').then_some(")")]
            .into_iter()
            .flatten()
            .filter(|word| !word.is_empty())
    });
    let mut found: Vec<String> =
        words.find(|word| *word != "(").map(str::to_owned).into_iter().collect();
    if words.next() != Some("NAME") {
        return found;
    }
    let quoted =
        |word: &str| word.strip_prefix('\'').and_then(|w| w.strip_suffix('\'')).map(str::to_owned);
    match words.next() {
        Some("(") => found.extend(words.map_while(quoted)),
        Some(word) => found.extend(quoted(word)),
        None => {}
    }
    found
}

/// The schema of one account's servers, read when it is first needed and again from time to time.
#[derive(Default)]
pub(crate) struct KnownSchema(Mutex<Option<(Instant, Option<Arc<Schema>>)>>);

impl KnownSchema {
    /// The schema; `None` where the server names none or the bind account cannot read it.
    pub async fn get(
        &self,
        pool: &Pool,
        subschema: Option<&Dn>,
        deadline: Duration,
    ) -> Option<Arc<Schema>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((since, schema)) = known
            && since.elapsed() < LIFE
        {
            return schema;
        }
        let schema = read(pool, subschema?, deadline).await.ok().flatten().map(Arc::new);
        let now = Some((Instant::now(), schema.clone()));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
        schema
    }
}

async fn read(pool: &Pool, subschema: &Dn, deadline: Duration) -> Result<Option<Schema>> {
    let mut schema = Schema::default();
    ranges::all_values(pool, subschema, "attributeTypes", deadline, |values| {
        for value in values.iter().take(MAX_TYPES.saturating_sub(schema.types.len())) {
            schema.add(&String::from_utf8_lossy(value));
        }
        ControlFlow::Continue(())
    })
    .await?;
    // A schema of which only a part can be seen says of nothing that it does not exist.
    Ok(Some(schema).filter(|schema| {
        schema.types.len() < MAX_TYPES
            && ["objectClass", "cn"].iter().all(|name| schema.knows(name))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attribute_types_are_found_under_every_name() {
        let mut schema = Schema::default();
        for description in [
            "( 0.9.2342.19200300.100.1.1 NAME ( 'uid' 'userid' ) DESC 'NAME of (odd) things' EQUALITY caseIgnoreMatch )",
            "(2.5.4.41 NAME 'name' SYNTAX 1.3.6.1.4.1.1466.115.121.1.15{32768})",
            "( 1.2.3 OBSOLETE )",
            "( 2.5.4.49 NAME ('distinguishedName' 'dn') )",
            "",
        ] {
            schema.add(description);
        }
        assert_eq!(schema.names("UserID;x-opt"), ["0.9.2342.19200300.100.1.1", "uid", "userid"]);
        assert!(
            schema.knows("NAME")
                && schema.knows("2.5.4.41")
                && schema.knows("1.2.3")
                && schema.knows("dn")
        );
        for unknown in ["OBSOLETE", "odd", "user", "", "1.2"] {
            assert!(!schema.knows(unknown), "{unknown}");
        }
    }
}

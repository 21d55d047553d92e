//! PATCH (RFC 7644, section 3.5.2).

mod target;
#[cfg(test)]
mod tests;

use super::error::{ScimError, ScimResult};
use super::schema::{self, CONNECTOR, content};
use serde_json::{Map, Value};
use target::Target;

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// `add`
    Add,
    /// `replace`
    Replace,
    /// `remove`
    Remove,
}

/// A checked PATCH body.
#[derive(Debug, Clone)]
pub struct Patch(Vec<Operation>);

#[derive(Debug, Clone)]
struct Operation {
    verb: Verb,
    target: Option<Target>,
    value: Option<Value>,
}

impl Patch {
    /// Reads a PatchOp message.
    pub fn parse(body: &Value) -> ScimResult<Self> {
        let list = get(body, "Operations").and_then(Value::as_array);
        let list = list.ok_or_else(|| syntax("Operations is missing."))?;
        list.iter().map(Operation::parse).collect::<ScimResult<_>>().map(Self)
    }

    /// The User after all operations; the given one is not touched if any of them fails.
    pub fn apply(&self, user: &Map<String, Value>) -> ScimResult<Map<String, Value>> {
        let mut changed = user.clone();
        for operation in &self.0 {
            operation.apply(&mut changed)?;
        }
        content::normalise(&changed)
    }
}

impl Operation {
    fn parse(body: &Value) -> ScimResult<Self> {
        let verb = get(body, "op").and_then(Value::as_str).unwrap_or_default();
        let verb = match verb.to_ascii_lowercase().as_str() {
            "add" => Verb::Add,
            "replace" => Verb::Replace,
            "remove" => Verb::Remove,
            _ => return Err(syntax("op must be add, replace or remove.")),
        };
        let target = match get(body, "path") {
            None | Some(Value::Null) => None,
            Some(Value::String(path)) => Some(Target::parse(path)?),
            Some(_) => return Err(ScimError::bad("invalidPath", "path must be text.")),
        };
        let value = get(body, "value").cloned();
        if verb == Verb::Remove && target.is_none() {
            return Err(ScimError::bad("noTarget", "remove needs a path."));
        }
        if verb != Verb::Remove && value.is_none() {
            return Err(ScimError::bad("invalidValue", "value is missing."));
        }
        Ok(Self { verb, target, value })
    }

    fn apply(&self, user: &mut Map<String, Value>) -> ScimResult<()> {
        match (&self.target, &self.value) {
            (Some(target), value) => target::apply(user, self.verb, target, value.as_ref()),
            (None, Some(Value::Object(values))) => {
                for (key, value) in values {
                    // What only the service sets may come along when a client sends all it knows.
                    let known = schema::find_core(key);
                    if key.eq_ignore_ascii_case("schemas") || known.is_some_and(|a| a.read_only) {
                        continue;
                    }
                    target::apply(user, self.verb, &Target::parse(key)?, Some(value))?;
                }
                Ok(())
            }
            _ => Err(ScimError::bad("invalidValue", "Without a path, value must be an object.")),
        }
    }
}

/// The holder of an attribute: the User itself or its extension.
pub(super) fn holder(user: &mut Map<String, Value>, extension: bool) -> &mut Map<String, Value> {
    if !extension {
        return user;
    }
    let inner = user.entry(CONNECTOR).or_insert_with(|| Value::Object(Map::new()));
    if !inner.is_object() {
        *inner = Value::Object(Map::new());
    }
    match inner {
        Value::Object(map) => map,
        _ => unreachable!("it was made an object"),
    }
}

fn get<'a>(body: &'a Value, name: &str) -> Option<&'a Value> {
    body.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, v)| v)
}

fn syntax(detail: &str) -> ScimError {
    ScimError::bad("invalidSyntax", detail)
}

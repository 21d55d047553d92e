//! TOML with the line of every key.

use super::mistake::{Mistake, What};
use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};
use std::collections::HashMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A TOML document that was parsed: its values as a tree, and where they stand.
pub struct Document {
    /// The keys at the top with their values; dates are text.
    pub table: Map<String, Value>,
    lines: HashMap<Vec<String>, usize>,
}

impl Document {
    /// Parses a text.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        let parsed = DeTable::parse(text).map_err(|error| {
            let start = error.span().map(|span| span.start);
            let line = start.map(|start| Starts::of(text).line(start));
            let backslash = line
                .and_then(|line| text.lines().nth(line - 1))
                .is_some_and(|line| line.contains('\\') && line.contains('"'));
            Mistake { line, ..Mistake::new(What::Syntax { backslash }) }
        })?;
        let mut document = Self { table: Map::new(), lines: HashMap::new() };
        let (starts, mut path) = (Starts::of(text), vec![]);
        for (key, value) in parsed.get_ref() {
            let value = document.take(&starts, &mut path, key, value);
            document.table.insert(key.get_ref().to_string(), value);
        }
        Ok(document)
    }

    /// Reads the whole of it.
    pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Mistake> {
        let mut document = Self::parse(text)?;
        let table = std::mem::take(&mut document.table);
        document.value(Value::Object(table))
    }

    /// Reads what was made of its table: a mistake in that is told with its line here.
    pub fn value<T: DeserializeOwned>(&self, value: Value) -> Result<T, Mistake> {
        super::from_value(value).map_err(|mistake| self.located(mistake))
    }

    /// A key that is missing has the line of what it is missing in.
    fn located(&self, mistake: Mistake) -> Mistake {
        let steps = (0..=mistake.path.len()).rev();
        let line = steps.map(|end| &mistake.path[..end]).find_map(|path| self.lines.get(path));
        Mistake { line: line.copied(), ..mistake }
    }

    fn take(
        &mut self,
        starts: &Starts,
        path: &mut Vec<String>,
        key: &Spanned<impl ToString>,
        value: &Spanned<DeValue<'_>>,
    ) -> Value {
        path.push(key.get_ref().to_string());
        self.lines.insert(path.clone(), starts.line(key.span().start));
        let value = self.tree(starts, path, value);
        path.pop();
        value
    }

    fn tree(
        &mut self,
        starts: &Starts,
        path: &mut Vec<String>,
        value: &Spanned<DeValue<'_>>,
    ) -> Value {
        match value.get_ref() {
            DeValue::String(text) => Value::String(text.to_string()),
            DeValue::Boolean(truth) => Value::Bool(*truth),
            DeValue::Datetime(date) => Value::String(date.to_string()),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or(Value::String(number.to_string()), |n| Value::Number(n.into())),
            DeValue::Float(number) => {
                let parsed = number.as_str().parse().ok().and_then(Number::from_f64);
                parsed.map_or(Value::String(number.to_string()), Value::Number)
            }
            DeValue::Array(list) => {
                let mut items = vec![];
                for (place, item) in list.iter().enumerate() {
                    path.push(place.to_string());
                    self.lines.insert(path.clone(), starts.line(item.span().start));
                    items.push(self.tree(starts, path, item));
                    path.pop();
                }
                Value::Array(items)
            }
            DeValue::Table(table) => {
                let mut keys = Map::new();
                for (key, value) in table {
                    let value = self.take(starts, path, key, value);
                    keys.insert(key.get_ref().to_string(), value);
                }
                Value::Object(keys)
            }
        }
    }
}

/// Where the lines after the first one start, so that a text is looked through once and not for each of its values.
struct Starts(Vec<usize>);

impl Starts {
    fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(end, _)| end + 1).collect())
    }

    /// The line of a byte, from 1.
    fn line(&self, at: usize) -> usize {
        self.0.partition_point(|start| *start <= at) + 1
    }
}

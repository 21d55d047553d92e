//! One Markdown table.

use std::fmt::{Display, Formatter};

pub struct Table {
    rows: Vec<[String; 4]>,
}

impl Table {
    pub fn new() -> Self {
        Self { rows: vec![] }
    }

    /// A figure without a target.
    pub fn figure(&mut self, what: &str, value: String) {
        self.rows.push([what.to_owned(), value, String::new(), String::new()]);
    }

    /// A figure with a target, and whether it is met.
    pub fn target(&mut self, what: &str, value: String, target: &str, met: bool) {
        let verdict = if met { "met" } else { "missed" };
        self.rows.push([what.to_owned(), value, target.to_owned(), verdict.to_owned()]);
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "| what | median | target | |\n|---|---|---|---|")?;
        self.rows.iter().try_for_each(|[what, value, target, met]| {
            writeln!(f, "| {what} | {value} | {target} | {met} |")
        })
    }
}

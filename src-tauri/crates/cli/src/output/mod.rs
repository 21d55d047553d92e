//! The only place that prints. People get tables and sentences, programs get one JSON document.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is what this module is for"
)]

pub mod checks;
pub mod documents;
pub mod journal;
mod progress;
mod table;

pub use progress::Progress;
use table::printable_text;
pub use table::{printable, table};

use connector_model::{Check, Code, Error, io_reason};
use connector_texts::{Language, Texts};
use serde::Serialize;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::io::{ErrorKind, Write};

/// What to do about an error, as a line of its own.
pub fn to_do(texts: &Texts, error: &Error) -> String {
    texts.say("cli-to-do", &json!({ "action": texts.action(error) }))
}

/// Wrong usage as an error: what the first lines say of it, without the usage below them.
pub fn usage(wrong: &clap::Error) -> Error {
    let said = wrong.render().to_string();
    let what = said.split("\n\n").next().unwrap_or_default();
    let what = what.strip_prefix("error: ").unwrap_or(what);
    let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
    Error::new(Code::InvalidInput, what)
        .with_action("The option --help of the command says how it is used.")
}

/// Prints for people or for programs.
#[derive(Clone)]
pub struct Printer {
    json: bool,
    texts: &'static Texts,
}

impl Printer {
    pub fn new(json: bool) -> Self {
        Self { json, texts: Texts::of(Language::of_system()) }
    }

    /// The texts in the reader's language.
    pub fn texts(&self) -> &'static Texts {
        self.texts
    }

    pub fn is_json(&self) -> bool {
        self.json
    }

    /// The document for programs, the text for people.
    pub fn show(&self, document: &impl Serialize, text: impl FnOnce() -> String) {
        if self.json {
            let json = serde_json::to_string_pretty(document).unwrap_or_default();
            self.raw(&format!("{json}\n"));
        } else {
            self.raw(&format!("{}\n", text().trim_end()));
        }
    }

    /// Text that is the same for both. Where nobody reads on (`… | head`), the program ends without a word, as others do; where it
    /// cannot be written, as on a full disk, it says so.
    pub fn raw(&self, text: &str) {
        let text = self.shown(text);
        let mut out = std::io::stdout().lock();
        let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) else { return };
        if error.kind() != ErrorKind::BrokenPipe {
            let values = json!({ "reason": io_reason(&error) });
            self.remark(&self.texts.say("cli-not-written", &values));
        }
        std::process::exit(1);
    }

    /// Nothing of a directory or a cloud commands a terminal; programs get every character as it is.
    fn shown<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.json { text.into() } else { printable_text(text).into() }
    }

    /// A remark beside the result.
    #[allow(clippy::unused_self, reason = "printing goes through the printer")]
    pub fn remark(&self, text: &str) {
        // Where nobody can be told, nobody is.
        let _ = writeln!(std::io::stderr(), "{}", printable_text(text));
    }

    pub fn checks(&self, list: &[Check]) {
        self.show(&documents::checks(list), || checks::text(self.texts, list));
    }

    /// An error for programs.
    pub fn document(&self, error: &Error) {
        self.print_json(&json!({ "error": error }));
    }

    fn print_json(&self, document: &Value) {
        let json = serde_json::to_string_pretty(document).unwrap_or_default();
        self.raw(&format!("{json}\n"));
    }

    pub fn error(&self, error: &Error) {
        if self.json {
            self.document(error);
        }
        self.say_error(error);
    }

    /// An error beside which programs are told something more, under a name.
    pub fn error_with(&self, error: &Error, (name, more): (&str, Value)) {
        if self.json {
            self.print_json(&json!({ "error": error, name: more }));
        }
        self.say_error(error);
    }

    fn say_error(&self, error: &Error) {
        let message = json!({ "message": self.texts.message(error) });
        let mut lines = vec![self.texts.say("cli-error", &message)];
        if let Some(original) = self.texts.original(error) {
            let said = self.texts.say("cli-in-english", &json!({ "message": original }));
            lines.push(format!("  {said}"));
        }
        lines.push(format!("  {}", to_do(self.texts, error)));
        lines.push(format!("  {}", self.place(error)));
        self.remark(&lines.join("\n"));
    }

    /// Which input it is about, in words where it has any, and the names that programs and files have for it all.
    fn place(&self, error: &Error) -> String {
        let Some(field) = &error.field else { return format!("({})", error.code) };
        let words = self.texts.known(&format!("input-{field}")).map(|words| format!("{words} "));
        format!("{}({}, {field})", words.unwrap_or_default(), error.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_commands_a_terminal_and_programs_get_it_whole() {
        let hostile = "a\tCN=\u{1b}[31mx\u{7}\u{9b}\r\n\u{202e}b\u{2066}\u{2069}\n";
        let shown = Printer::new(false).shown(hostile).into_owned();
        assert_eq!(
            shown,
            "a\tCN=\u{fffd}[31mx\u{fffd}\u{fffd}\u{fffd}\n\u{fffd}b\u{fffd}\u{fffd}\n"
        );
        assert_eq!(Printer::new(true).shown(hostile), hostile);
        let good = "Zo\u{eb} \u{5de}\u{5e9}\u{5d4}\n  \u{201e}M\u{fc}ller\u{201c}";
        assert_eq!(Printer::new(false).shown(good), good);
    }
}

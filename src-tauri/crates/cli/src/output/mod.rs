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
pub use table::{printable, table};

use connector_model::{Check, Error, io_reason};
use connector_texts::{Language, Texts};
use serde::Serialize;
use serde_json::json;
use std::io::{ErrorKind, Write};

/// What to do about an error, as a line of its own.
pub fn to_do(texts: &Texts, error: &Error) -> String {
    texts.say("cli-to-do", &json!({ "action": texts.action(error) }))
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
        let mut out = std::io::stdout().lock();
        let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) else { return };
        if error.kind() != ErrorKind::BrokenPipe {
            let values = json!({ "reason": io_reason(&error) });
            self.remark(&self.texts.say("cli-not-written", &values));
        }
        std::process::exit(1);
    }

    /// A remark beside the result.
    #[allow(clippy::unused_self, reason = "printing goes through the printer")]
    pub fn remark(&self, text: &str) {
        // Where nobody can be told, nobody is.
        let _ = writeln!(std::io::stderr(), "{text}");
    }

    pub fn checks(&self, list: &[Check]) {
        self.show(&documents::checks(list), || checks::text(self.texts, list));
    }

    pub fn error(&self, error: &Error) {
        if self.json {
            let json = serde_json::to_string_pretty(&json!({ "error": error })).unwrap_or_default();
            self.raw(&format!("{json}\n"));
        }
        let (message, action) = (self.texts.message(error), self.texts.action(error));
        self.remark(&self.texts.say("cli-error", &json!({ "message": message })));
        if let Some(original) = self.texts.original(error) {
            let said = self.texts.say("cli-in-english", &json!({ "message": original }));
            self.remark(&format!("  {said}"));
        }
        self.remark(&format!("  {}", self.texts.say("cli-to-do", &json!({ "action": action }))));
        self.remark(&format!("  {}", self.place(error)));
    }

    /// Which input it is about, in words where it has any, and the names that programs and files have for it all.
    fn place(&self, error: &Error) -> String {
        let Some(field) = &error.field else { return format!("({})", error.code) };
        let words = self.texts.known(&format!("input-{field}")).map(|words| format!("{words} "));
        format!("{}({}, {field})", words.unwrap_or_default(), error.code)
    }
}

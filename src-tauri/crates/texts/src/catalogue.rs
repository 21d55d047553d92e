//! A catalogue: its files, and what is said with them.

use crate::Language;
use crate::values::{arguments, formatted, word};
use connector_model::Error;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::LazyLock;

macro_rules! files {
    ($language:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../", $language, "/", $name, ".ftl")))),+]
    };
}

/// Name and text of every file. The failures are in German only: in English the program says them itself, with more detail
/// than a code has.
const ENGLISH: &[(&str, &str)] = files!("en": "activity", "approval", "checks", "cloud", "command_line", "command_line_move", "command_line_setup", "directory", "explain", "findings", "imports", "mappings", "overview", "people",
    "preview", "reasons", "settings", "setup", "sign_ins", "status", "tray", "updates", "window", "words");
const GERMAN: &[(&str, &str)] = files!("de": "activity", "approval", "checks", "cloud", "command_line", "command_line_move", "command_line_setup", "directory", "explain", "failures", "findings", "imports", "mappings",
    "overview", "people", "preview", "reasons", "settings", "setup", "sign_ins", "status", "tray", "updates", "window", "words");

static IN_ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::load(Language::English));
static IN_GERMAN: LazyLock<Texts> = LazyLock::new(|| Texts::load(Language::German));

/// The texts of one language.
pub struct Texts {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

/// Name and text of every file of a language.
pub fn sources(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::English => ENGLISH,
        Language::German => GERMAN,
    }
}

/// Every message's id, in the order of the alphabet.
pub fn ids() -> Vec<&'static str> {
    let lines = ENGLISH.iter().flat_map(|(_, text)| text.lines());
    let mut ids: Vec<&str> = lines
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" =").map(|(id, _)| id))
        .collect();
    ids.sort_unstable();
    ids
}

impl Texts {
    /// The texts of a language.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &IN_ENGLISH,
            Language::German => &IN_GERMAN,
        }
    }

    /// Which language it is.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text of that id, with these values filled in: an object of texts, numbers and lists.
    pub fn say(&self, id: &str, values: &Value) -> String {
        self.pattern(id, None, &arguments(self, values)).unwrap_or_else(|| id.to_owned())
    }

    /// A text without values.
    pub fn text(&self, id: &str) -> String {
        self.say(id, &Value::Null)
    }

    /// The text of a typed value, `{ kind, values }`: that of `subject-kind`.
    pub fn typed(&self, subject: &str, value: &impl Serialize) -> String {
        let value = json!(value);
        let kind = value["kind"].as_str().or(value["reason_kind"].as_str()).unwrap_or_default();
        self.say(&format!("{subject}-{kind}"), &value["values"])
    }

    /// What to do about a typed value, where its text says so.
    pub(crate) fn advice(&self, subject: &str, value: &impl Serialize) -> Option<String> {
        let value = json!(value);
        let id = format!("{subject}-{}", value["kind"].as_str().unwrap_or_default());
        self.pattern(&id, Some("action"), &arguments(self, &value["values"]))
    }

    /// What happened, of an error.
    pub fn message(&self, error: &Error) -> String {
        self.failure(error, None).unwrap_or_else(|| error.message.clone())
    }

    /// What to do about an error.
    pub fn action(&self, error: &Error) -> String {
        self.failure(error, Some("action")).unwrap_or_else(|| error.action.clone())
    }

    /// What the program says of an error in English, and what to do about it, where that is more than its code says.
    pub fn original(&self, error: &Error) -> Option<String> {
        let (message, action) = (error.message.as_str(), error.action.as_str());
        let of_code = (error.code.summary(), error.code.action());
        match (message != of_code.0, action != of_code.1) {
            _ if self.language == Language::English => None,
            (false, false) => None,
            (true, false) => Some(message.to_owned()),
            (false, true) => Some(action.to_owned()),
            (true, true) => Some(format!("{message} {action}")),
        }
    }

    /// The text of a name that comes from elsewhere, such as an outcome of a later version, if it has one.
    pub fn known(&self, id: &str) -> Option<String> {
        self.has(id).then(|| self.text(id))
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    fn failure(&self, error: &Error, attribute: Option<&str>) -> Option<String> {
        self.pattern(&format!("failure-{}", error.code), attribute, &FluentArgs::new())
    }

    fn pattern(
        &self,
        id: &str,
        attribute: Option<&str>,
        values: &FluentArgs<'_>,
    ) -> Option<String> {
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            None => message.value()?,
            Some(name) => message.get_attribute(name)?.value(),
        };
        // A value that is missing is named in the text instead; tests see to it that none is.
        let text = self.bundle.format_pattern(pattern, Some(values), &mut vec![]);
        Some(text.into_owned())
    }

    fn load(language: Language) -> Self {
        let tag = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Marks around values for right-to-left scripts: they are in nobody's way there, and in a terminal they are.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::English => |value, _| formatted(value, ',', '.'),
            Language::German => |value, _| formatted(value, '.', ','),
        }));
        // A name in a command that people are told to run.
        let added = bundle.add_function("WORD", |names, _| word(names));
        debug_assert!(added.is_ok());
        for (_, text) in sources(language) {
            // What of a file cannot be read is left out; tests see to it that there is no such thing.
            let resource = FluentResource::try_new((*text).to_owned());
            let _ = bundle.add_resource(resource.unwrap_or_else(|(readable, _)| readable));
        }
        Self { language, bundle }
    }
}

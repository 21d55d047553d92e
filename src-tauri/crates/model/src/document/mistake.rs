//! What is wrong in a document, where, and what is expected instead.

use std::fmt;

/// One mistake. It implements serde's error, so that every type says by its own rules what it expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Keys and places from the outside in, such as `accounts`, `0`, `name`.
    pub path: Vec<String>,
    /// What is wrong there.
    pub what: What,
    /// Line from 1, where the document has lines.
    pub line: Option<usize>,
}

/// Kinds of mistakes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The text is no TOML.
    Syntax {
        /// Whether a backslash is in it.
        backslash: bool,
    },
    /// There is no such key; those are.
    UnknownKey(Vec<&'static str>),
    /// The key has to be there.
    Missing,
    /// The value is of another kind.
    Wrong(Expected),
    /// The value is none of these.
    NoneOf(Vec<&'static str>),
    /// The value cannot be used, in the words of whoever reads it.
    Unusable(String),
}

/// What a value has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// Text.
    Text,
    /// A whole number that is not negative, and not too large.
    WholeNumber,
    /// Any number.
    Number,
    /// True or false.
    Truth,
    /// A list.
    List,
    /// Keys with values.
    Table,
    /// What the words say.
    Words(String),
}

impl Mistake {
    pub(crate) fn new(what: What) -> Self {
        Self { path: vec![], what, line: None }
    }

    /// The same, inside of `step`.
    pub(crate) fn within(mut self, step: &str) -> Self {
        self.path.insert(0, step.to_owned());
        self
    }

    /// Where it is, as `accounts[0].name`.
    pub fn field(&self) -> Option<String> {
        let mut field = String::new();
        for step in &self.path {
            match step.parse::<usize>() {
                Ok(place) => field += &format!("[{place}]"),
                Err(_) if field.is_empty() => field += step,
                Err(_) => field += &format!(".{step}"),
            }
        }
        (!field.is_empty()).then_some(field)
    }

    /// The innermost key.
    pub fn key(&self) -> Option<&str> {
        self.path.iter().rev().find(|step| step.parse::<usize>().is_err()).map(String::as_str)
    }
}

/// One sentence without its end: where, and what is expected.
impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        let field = self.field().unwrap_or_else(|| "the document".to_owned());
        match &self.what {
            What::Syntax { backslash: true } => f.write_str(
                "a backslash in double quotes has to be doubled, or the text put in single quotes",
            ),
            What::Syntax { backslash: false } => {
                f.write_str("this is no TOML: write KEY = VALUE, each key once, and text in quotes")
            }
            What::UnknownKey(known) if known.is_empty() => {
                write!(f, "there is no key \"{field}\"")
            }
            What::UnknownKey(known) => {
                write!(f, "there is no key \"{field}\"; the keys are {}", known.join(", "))
            }
            What::Missing => write!(f, "the key \"{field}\" is missing"),
            What::Wrong(expected) => write!(f, "\"{field}\" has to be {expected}"),
            What::NoneOf(values) => write!(f, "\"{field}\" has to be one of {}", values.join(", ")),
            What::Unusable(why) => write!(f, "\"{field}\": {}", why.trim_end_matches('.')),
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text in quotes",
            Self::WholeNumber => "a whole number in its range, without quotes",
            Self::Number => "a number, without quotes",
            Self::Truth => "true or false, without quotes",
            Self::List => "a list in [ ]",
            Self::Table => "keys with values",
            Self::Words(words) => words,
        })
    }
}

impl std::error::Error for Mistake {}

impl serde::de::Error for Mistake {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Self::new(What::Unusable(text.to_string()))
    }

    fn invalid_type(_: serde::de::Unexpected<'_>, expected: &dyn serde::de::Expected) -> Self {
        Self::new(What::Wrong(Expected::Words(expected.to_string())))
    }

    /// A number that does not fit: what is no number never gets this far.
    fn invalid_value(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self::new(What::Wrong(Expected::WholeNumber))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(What::NoneOf(expected.to_vec()))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::new(What::UnknownKey(expected.to_vec())).within(field)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(What::Missing).within(field)
    }
}

//! The words of a SCIM filter.

use crate::scim::error::{ScimError, ScimResult};
use std::collections::VecDeque;

/// One word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `[`
    OpenElement,
    /// `]`
    CloseElement,
    /// A JSON string, unescaped.
    Text(String),
    /// A name, an operator, a number, `true`, `false` or `null`.
    Word(String),
}

/// The words still to be read.
#[derive(Debug)]
pub struct Tokens(VecDeque<Token>);

const LONGEST: usize = 8192;

impl Tokens {
    /// Splits a filter into words.
    pub fn of(text: &str) -> ScimResult<Self> {
        if text.len() > LONGEST {
            return Err(wrong("The filter is too long."));
        }
        let mut words = VecDeque::new();
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let single = match first {
                '(' => Some(Token::Open),
                ')' => Some(Token::Close),
                '[' => Some(Token::OpenElement),
                ']' => Some(Token::CloseElement),
                _ => None,
            };
            let length = if let Some(token) = single {
                words.push_back(token);
                1
            } else if first == '"' {
                let end = end_of_text(rest).ok_or_else(|| wrong("A text has no end."))?;
                let text = serde_json::from_str(&rest[..end])
                    .map_err(|_| wrong("A text is not a JSON string."))?;
                words.push_back(Token::Text(text));
                end
            } else {
                let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '"');
                let end = rest.find(ends).unwrap_or(rest.len());
                words.push_back(Token::Word(rest[..end].to_owned()));
                end
            };
            rest = rest[length..].trim_start();
        }
        Ok(Self(words))
    }

    /// The next word.
    pub fn next(&mut self) -> Option<Token> {
        self.0.pop_front()
    }

    /// Takes the next word if it is this one, in any case.
    pub fn take_word(&mut self, word: &str) -> bool {
        let there = matches!(self.0.front(), Some(Token::Word(w)) if w.eq_ignore_ascii_case(word));
        if there {
            self.0.pop_front();
        }
        there
    }
}

/// Index behind the closing quote.
fn end_of_text(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn wrong(detail: &str) -> ScimError {
    ScimError::bad("invalidFilter", detail)
}

//! The filter grammar of SCIM (RFC 7644, section 3.4.2.2).

pub mod evaluate;
mod tokens;

use super::error::{ScimError, ScimResult};
use super::schema;
use super::schema::path::AttributePath;
use serde_json::Value;
use tokens::{Token, Tokens};

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// Equal.
    Eq,
    /// Not equal.
    Ne,
    /// Contains.
    Co,
    /// Starts with.
    Sw,
    /// Ends with.
    Ew,
    /// Greater.
    Gt,
    /// Greater or equal.
    Ge,
    /// Less.
    Lt,
    /// Less or equal.
    Le,
}

/// A filter as a tree.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// Both.
    And(Box<Filter>, Box<Filter>),
    /// Either.
    Or(Box<Filter>, Box<Filter>),
    /// Not.
    Not(Box<Filter>),
    /// Has a value (`pr`).
    Present(AttributePath),
    /// A comparison with a JSON value.
    Compare(AttributePath, Operator, Value),
    /// `emails[type eq "work"]`: one element meets it all. Paths inside are those of the element.
    Element(AttributePath, Box<Filter>),
}

const DEPTH: usize = 40;

impl Filter {
    /// Reads a filter.
    pub fn parse(text: &str) -> ScimResult<Self> {
        let mut parser = Parser { tokens: Tokens::of(text)?, depth: 0, inside: None };
        let filter = parser.either()?;
        match parser.tokens.next() {
            None => Ok(filter),
            Some(_) => Err(wrong()),
        }
    }

    /// Reads what stands between the brackets of a path such as `emails[…]`.
    pub fn parse_inside(text: &str, attribute: &AttributePath) -> ScimResult<Self> {
        let tokens = Tokens::of(text)?;
        let mut parser = Parser { tokens, depth: 0, inside: Some(attribute.clone()) };
        let filter = parser.either()?;
        if parser.tokens.next().is_some() { Err(wrong()) } else { Ok(filter) }
    }
}

struct Parser {
    tokens: Tokens,
    depth: usize,
    inside: Option<AttributePath>,
}

impl Parser {
    fn either(&mut self) -> ScimResult<Filter> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(ScimError::bad("invalidFilter", "The filter is nested too deeply."));
        }
        let mut left = self.both()?;
        while self.tokens.take_word("or") {
            left = Filter::Or(Box::new(left), Box::new(self.both()?));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn both(&mut self) -> ScimResult<Filter> {
        let mut left = self.one()?;
        while self.tokens.take_word("and") {
            left = Filter::And(Box::new(left), Box::new(self.one()?));
        }
        Ok(left)
    }

    fn one(&mut self) -> ScimResult<Filter> {
        match self.tokens.next() {
            Some(Token::Open) => {
                let inner = self.either()?;
                self.expect(&Token::Close)?;
                Ok(inner)
            }
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("not") => {
                self.expect(&Token::Open)?;
                let inner = self.either()?;
                self.expect(&Token::Close)?;
                Ok(Filter::Not(Box::new(inner)))
            }
            Some(Token::Word(word)) => self.expression(&word),
            _ => Err(wrong()),
        }
    }

    fn expression(&mut self, word: &str) -> ScimResult<Filter> {
        let path = self.path(word).ok_or_else(wrong)?;
        match self.tokens.next() {
            Some(Token::OpenElement) if self.inside.is_none() => {
                self.inside = Some(path.clone());
                let inner = self.either();
                self.inside = None;
                let inner = inner?;
                self.expect(&Token::CloseElement)?;
                Ok(Filter::Element(path, Box::new(inner)))
            }
            Some(Token::Word(operator)) => {
                if operator.eq_ignore_ascii_case("pr") {
                    return Ok(Filter::Present(path));
                }
                let operator = parse_operator(&operator).ok_or_else(wrong)?;
                let value = match self.tokens.next() {
                    Some(Token::Text(text)) => Value::String(text),
                    Some(Token::Word(word)) => {
                        serde_json::from_str(&word.to_ascii_lowercase()).map_err(|_| wrong())?
                    }
                    _ => return Err(wrong()),
                };
                Ok(Filter::Compare(path, operator, value))
            }
            _ => Err(wrong()),
        }
    }

    /// Inside brackets, a name is a sub-attribute.
    fn path(&self, word: &str) -> Option<AttributePath> {
        let Some(outer) = &self.inside else { return AttributePath::parse(word) };
        let plain = AttributePath::parse(word)?;
        let known = outer.attribute().and_then(|a| schema::find(a.subs, &plain.name));
        let name = known.map_or(plain.name.as_str(), |a| a.name).to_owned();
        Some(AttributePath {
            extension: outer.extension,
            name: outer.name.clone(),
            sub: Some(name),
        })
    }

    fn expect(&mut self, wanted: &Token) -> ScimResult<()> {
        if self.tokens.next().as_ref() == Some(wanted) { Ok(()) } else { Err(wrong()) }
    }
}

fn parse_operator(word: &str) -> Option<Operator> {
    Some(match word.to_ascii_lowercase().as_str() {
        "eq" => Operator::Eq,
        "ne" => Operator::Ne,
        "co" => Operator::Co,
        "sw" => Operator::Sw,
        "ew" => Operator::Ew,
        "gt" => Operator::Gt,
        "ge" => Operator::Ge,
        "lt" => Operator::Lt,
        "le" => Operator::Le,
        _ => return None,
    })
}

fn wrong() -> ScimError {
    ScimError::bad("invalidFilter", "The filter cannot be understood.")
}

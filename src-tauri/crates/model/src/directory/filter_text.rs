//! Reading RFC 4515 filter text. Errors say at which character the text stops making sense.

use crate::directory::filter::{Attribute, Extensible, Filter};
use crate::{Code, Error, Result};

/// Deepest nesting that is accepted; servers refuse far less.
const MAX_DEPTH: usize = 50;
/// Longest text that is accepted, in bytes.
const MAX_BYTES: usize = 64 * 1024;

impl std::str::FromStr for Filter {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        if text.len() > MAX_BYTES {
            return Err(
                Error::new(Code::InvalidFilter, "The filter is longer than 64 KiB.").at("filter")
            );
        }
        let mut reader = Reader { text, at: 0 };
        reader.skip_spaces();
        let filter = reader.filter(0)?;
        reader.skip_spaces();
        if reader.at == text.len() { Ok(filter) } else { Err(reader.error("nothing more here")) }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip_spaces(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, c: char) -> bool {
        let found = self.rest().starts_with(c);
        self.at += if found { c.len_utf8() } else { 0 };
        found
    }

    fn error(&self, expected: &str) -> Error {
        let place = self.text[..self.at].chars().count() + 1;
        let found = self.rest().chars().next().map_or("the end".to_owned(), |c| format!("'{c}'"));
        Error::new(
            Code::InvalidFilter,
            format!(
                "The filter is wrong at character {place}: expected {expected}, found {found}."
            ),
        )
        .at("filter")
    }

    fn filter(&mut self, depth: usize) -> Result<Filter> {
        if depth > MAX_DEPTH {
            return Err(self.error("less nesting"));
        }
        if !self.take('(') {
            return Err(self.error("'('"));
        }
        self.skip_spaces();
        let filter = if self.take('&') {
            Filter::And(self.list(depth)?)
        } else if self.take('|') {
            Filter::Or(self.list(depth)?)
        } else if self.take('!') {
            self.skip_spaces();
            let inner = self.filter(depth + 1)?;
            self.skip_spaces();
            Filter::negate(inner)
        } else {
            self.item()?
        };
        if self.take(')') { Ok(filter) } else { Err(self.error("')'")) }
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Filter>> {
        let mut parts = Vec::new();
        self.skip_spaces();
        while self.rest().starts_with('(') {
            parts.push(self.filter(depth + 1)?);
            self.skip_spaces();
        }
        Ok(parts)
    }

    fn attribute(&mut self) -> Result<Attribute> {
        let end = self
            .rest()
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ';')))
            .unwrap_or(self.rest().len());
        let parsed = self.rest()[..end].parse().map_err(|_| self.error("an attribute name"))?;
        self.at += end;
        Ok(parsed)
    }

    fn item(&mut self) -> Result<Filter> {
        if self.rest().starts_with(':') {
            return self.extensible(None);
        }
        let attribute = self.attribute()?;
        for (sign, build) in [
            (">=", Filter::GreaterOrEqual as fn(Attribute, Vec<u8>) -> Filter),
            ("<=", Filter::LessOrEqual),
            ("~=", Filter::Approx),
        ] {
            if self.rest().starts_with(sign) {
                self.at += 2;
                return Ok(build(attribute, self.single_value()?));
            }
        }
        if self.rest().starts_with(':') {
            return self.extensible(Some(attribute));
        }
        if !self.take('=') {
            return Err(self.error("'=', '>=', '<=', '~=' or ':='"));
        }
        let mut pieces = self.pieces()?;
        if pieces.len() == 1 {
            return Ok(Filter::Equal(attribute, pieces.remove(0)));
        }
        let last = pieces.pop().filter(|p| !p.is_empty());
        let initial = Some(pieces.remove(0)).filter(|p| !p.is_empty());
        pieces.retain(|p| !p.is_empty());
        Ok(Filter::substring(attribute, initial, pieces, last))
    }

    fn extensible(&mut self, attribute: Option<Attribute>) -> Result<Filter> {
        let dn_attributes = self.rest().to_ascii_lowercase().starts_with(":dn:");
        self.at += if dn_attributes { 3 } else { 0 };
        let mut rule = None;
        if !self.rest().starts_with(":=") {
            self.take(':');
            let place = self.at;
            let named = self.attribute()?;
            if named.as_str().contains(';') {
                self.at = place;
                return Err(self.error("a matching rule, which has no options"));
            }
            rule = Some(named.told_from_dn());
        }
        if !self.rest().starts_with(":=") {
            return Err(self.error("':='"));
        }
        if attribute.is_none() && rule.is_none() {
            return Err(self.error("an attribute or a matching rule before ':='"));
        }
        self.at += 2;
        let value = self.single_value()?;
        Ok(Filter::Extensible(Extensible { attribute, dn_attributes, rule, value }))
    }

    fn single_value(&mut self) -> Result<Vec<u8>> {
        let mut pieces = self.pieces()?;
        if pieces.len() == 1 {
            Ok(pieces.remove(0))
        } else {
            Err(self.error("no '*' in this value (write \\2a)"))
        }
    }

    /// The value up to `)`, split at each unescaped `*`.
    fn pieces(&mut self) -> Result<Vec<Vec<u8>>> {
        let mut pieces = vec![Vec::new()];
        while let Some(c) = self.rest().chars().next() {
            match c {
                ')' => break,
                '(' | '\0' => return Err(self.error("this character escaped (\\28 or \\00)")),
                '*' => pieces.push(Vec::new()),
                '\\' => {
                    let hex = self.rest().get(1..3).and_then(crate::directory::dn::hex_pair);
                    let byte =
                        hex.ok_or_else(|| self.error("two hexadecimal digits after '\\'"))?;
                    if let Some(piece) = pieces.last_mut() {
                        piece.push(byte);
                    }
                    self.at += 2;
                }
                _ => {
                    if let Some(piece) = pieces.last_mut() {
                        piece.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                    }
                }
            }
            self.at += c.len_utf8();
        }
        Ok(pieces)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rfc_4515_examples_go_both_ways() {
        for text in [
            "(cn=Babs Jensen)",
            "(!(cn=Tim Howes))",
            "(&(objectClass=Person)(|(sn=Jensen)(cn=Babs J*)))",
            "(o=univ*of*mich*)",
            "(seeAlso=)",
            "(cn:caseExactMatch:=Fred Flintstone)",
            "(cn:=Betty Rubble)",
            "(sn:dn:2.4.6.8.10:=Barney Rubble)",
            "(o:dn:=Ace Industry)",
            "(:1.2.3:=Wilma Flintstone)",
            "(:dn:2.4.6.8.10:=Dino)",
            r"(o=Parens R Us \28for all your parenthetical needs\29)",
            r"(cn=*\2a*)",
            r"(bin=\00\00\00\04)",
            "(sn=Lučić)",
            "(&)",
            "(|)",
            "(userAccountControl:1.2.840.113556.1.4.803:=2)",
        ] {
            assert_eq!(text.parse::<Filter>().unwrap().to_string(), text);
        }
    }

    /// OpenLDAP has rules such as `dnSubtreeMatch`; names are the same in any case (RFC 4512, 2.5).
    #[test]
    fn a_rule_whose_name_begins_like_dn_is_told_from_it() {
        for (text, written) in [
            ("(entryDN:dnSubtreeMatch:=ou=a)", "(entryDN:DnSubtreeMatch:=ou=a)"),
            ("(cn:dn:dnSubtreeMatch:=a)", "(cn:dn:DnSubtreeMatch:=a)"),
            ("(cn:dn:=a)", "(cn:dn:=a)"),
        ] {
            let filter: Filter = text.parse().unwrap();
            assert_eq!(filter.to_string(), written);
            assert_eq!(written.parse::<Filter>().unwrap(), filter);
        }
    }

    #[test]
    fn errors_name_the_place() {
        for (bad, place) in [
            ("", 1),
            ("cn=x", 1),
            ("(cn=x", 6),
            ("(cn=x))", 7),
            (r"(cn=\zz)", 5),
            (r"(cn=\+0)", 5),
            ("(&(a=b)c)", 8),
            ("(=x)", 2),
            ("(a>=b*c)", 8),
            ("(a.b=c)", 2),
            ("(2fa=c)", 2),
            ("(1.02=c)", 2),
            ("(1.=c)", 2),
            ("(a;=c)", 2),
            ("(a;b.c=d)", 2),
            ("(a:dn;b:=c)", 4),
        ] {
            let error = bad.parse::<Filter>().unwrap_err();
            assert!(
                error.message.contains(&format!("character {place}:")),
                "{bad}: {}",
                error.message
            );
        }
        let deep = "(!".repeat(60_000 / 2) + "(a=b)";
        assert_eq!(deep.parse::<Filter>().unwrap_err().code, Code::InvalidFilter);
    }

    proptest! {
        #[test]
        fn any_value_survives_and_adds_no_structure(value in proptest::collection::vec(any::<u8>(), 0..40)) {
            let filter = Filter::equal("cn", value.clone());
            prop_assert_eq!(filter.to_string().parse::<Filter>().unwrap(), filter);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,60}") {
            if let Ok(filter) = text.parse::<Filter>() {
                prop_assert_eq!(filter.to_string().parse::<Filter>().unwrap(), filter);
            }
        }
    }
}

//! One entry of an LDIF file, its values encoded as RFC 2849 asks.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest;
use std::fmt::Write as _;
use std::io::{self, Write};

/// An entry being written.
pub(crate) struct Entry {
    text: String,
}

impl Entry {
    pub(crate) fn new(dn: &str, classes: &[&str]) -> Self {
        let mut entry = Self { text: String::with_capacity(700) };
        entry.add("dn", dn);
        for class in classes {
            entry.add("objectClass", class);
        }
        entry
    }

    /// One value; base64 where the plain form is not safe.
    pub(crate) fn add(&mut self, name: &str, value: &str) {
        let done = if is_safe(value) {
            writeln!(self.text, "{name}: {value}")
        } else {
            writeln!(self.text, "{name}:: {}", STANDARD.encode(value))
        };
        debug_assert!(done.is_ok(), "a string takes any text");
    }

    pub(crate) fn write(mut self, out: &mut dyn Write) -> io::Result<()> {
        self.text.push('\n');
        out.write_all(self.text.as_bytes())
    }
}

/// SAFE-STRING of RFC 2849, and no trailing space (its recommendation).
fn is_safe(value: &str) -> bool {
    let bytes = value.as_bytes();
    let body = bytes.iter().all(|b| (0x20..0x7f).contains(b));
    body && !matches!(bytes.first(), Some(b' ' | b':' | b'<')) && bytes.last() != Some(&b' ')
}

/// `{SSHA}` with a salt made from a number: cheap to check and the same on every run.
pub(crate) fn ssha(password: &str, salt: u64) -> String {
    let salt = salt.to_be_bytes();
    let mut context = digest::Context::new(&digest::SHA1_FOR_LEGACY_USE_ONLY);
    context.update(password.as_bytes());
    context.update(&salt);
    format!("{{SSHA}}{}", STANDARD.encode([context.finish().as_ref(), &salt].concat()))
}

/// Escapes a value for a DN (RFC 4514, section 2.4). Controls become hexadecimal pairs.
pub(crate) fn escape_dn(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    let last = value.chars().count().saturating_sub(1);
    for (at, c) in value.chars().enumerate() {
        match c {
            ',' | '+' | '"' | '\\' | '<' | '>' | ';' | '=' => out.extend(['\\', c]),
            '#' if at == 0 => out.push_str("\\#"),
            ' ' if at == 0 || at == last => out.push_str("\\20"),
            c if (c as u32) < 0x20 => {
                let _ = write!(out, "\\{:02x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_ldif_cannot_hold_are_encoded() {
        let mut entry = Entry::new("dc=x", &["top"]);
        for value in ["plain", " lead", "trail ", ":colon", "Jürgen", "a\u{1}b"] {
            entry.add("cn", value);
        }
        let mut out = vec![];
        entry.write(&mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text.matches("cn:: ").count(), 5, "{text}");
        assert!(text.starts_with("dn: dc=x\nobjectClass: top\ncn: plain\n"));
    }

    #[test]
    fn special_characters_of_a_dn_are_escaped() {
        assert_eq!(escape_dn("#a, b+c "), r"\#a\, b\+c\20");
        assert_eq!(escape_dn(" \u{1}\"\\"), r#"\20\01\"\\"#);
    }
}

//! What is odd about a directory's people and groups, told with a preview: nothing of it stops an import.

use serde::{Deserialize, Serialize};
use strum::EnumIter;

/// What was found.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, EnumIter,
)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum FindingKind {
    /// People without an e-mail address.
    MissingEmail,
    /// People with a value for the e-mail address that is none, whether they have another one or not.
    UnusableEmail,
    /// People without an e-mail address now, whom the cloud has with one.
    LostEmail,
    /// People without the attribute that gives the user name.
    MissingUserName,
    /// People with the e-mail address of somebody else.
    DuplicateEmail,
    /// People with the user name of somebody else.
    DuplicateUserName,
    /// Entries with the identity of another one.
    DuplicateIdentity,
    /// People whom a mapping of higher priority has.
    OtherMapping,
    /// People with characters in name or address that cannot be seen or do not belong there.
    OddCharacters,
    /// People who are on hold because another server answered than the last time.
    OtherServer,
    /// People who are on hold because the server shows an older state than before.
    OlderState,
    /// Groups that contain themselves.
    CircularGroup,
    /// Groups with so many members that they are not counted.
    LargeGroup,
    /// Members of groups who are of no class that makes an entry a person.
    MemberNoPerson,
    /// People of whom the directory does not say whether they belong or are enabled.
    Undecided,
    /// Parts of the directory that are on another server.
    OnOtherServer,
}

/// One kind of oddity with examples.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// How many people or groups.
    pub count: u64,
    /// DNs of some of them, [`Finding::EXAMPLES`] at most.
    pub examples: Vec<String>,
}

impl Finding {
    /// Examples that are named.
    pub const EXAMPLES: usize = 5;

    /// With as many examples as are named.
    pub fn new(kind: FindingKind, count: u64, mut examples: Vec<String>) -> Self {
        examples.truncate(Self::EXAMPLES);
        Self { kind, count, examples }
    }
}

/// Whether a text has characters that cannot be seen, or white space at its ends: such a name looks like another and is not.
pub fn is_odd(text: &str) -> bool {
    let invisible = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{a0}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffd}')
    };
    text.trim() != text || text.chars().any(invisible)
}

/// Whether a text cannot be an e-mail address (RFC 5321, section 4.1.2, without quoted local parts).
pub fn is_no_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return true };
    local.is_empty()
        || domain.split('.').any(str::is_empty)
        || text.chars().any(|c| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '"'))
        || local.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_texts_are_found_and_others_left_alone() {
        for good in ["Zoë Müller", "李雷", "O'Neil-Smith", "Ann  Example", "משה"] {
            assert!(!is_odd(good), "{good}");
        }
        for odd in [
            " Ann",
            "Ann ",
            "A\u{200b}nn",
            "Ann\u{a0}Example",
            "\u{202e}nnA",
            "A\tnn",
            "A\u{fffd}nn",
        ] {
            assert!(is_odd(odd), "{odd:?}");
        }
        for good in ["ann@example.com", "o'neil+x@mail.example", "jürgen@exämple.de"] {
            assert!(!is_no_address(good), "{good}");
        }
        for bad in [
            "ann",
            "@example.com",
            "ann@",
            "a b@example.com",
            "Ann <ann@example.com>",
            "a@b@c",
            "a@b;c@d",
            "",
            "-",
            "ann@example..com",
            "ann@.example",
        ] {
            assert!(is_no_address(bad), "{bad}");
        }
    }
}

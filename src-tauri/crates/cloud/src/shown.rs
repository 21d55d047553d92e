//! What others say, where people see it.

/// Longest text of the other side that is shown to people, in characters.
const MAX_TEXT: usize = 300;

/// Text of the other side, safe for logs and terminals: one line, no control characters, not long.
pub(crate) fn shown(text: &str) -> String {
    let line = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    line.take(MAX_TEXT).collect::<String>().trim().to_owned()
}

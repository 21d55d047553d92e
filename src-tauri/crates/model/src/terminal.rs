//! What of a text is shown in a terminal.

/// Whether a character in a line commands a terminal, or turns around the order in which the line is read.
pub fn commands_a_terminal(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

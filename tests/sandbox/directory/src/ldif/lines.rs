//! Records and their lines: folded ones, base64 values, comments.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Text without folded lines and carriage returns.
pub(super) fn unfolded(text: &str) -> String {
    text.replace("\r\n", "\n").replace("\n ", "")
}

/// The lines of every record that has any, without comments.
pub(super) fn records(unfolded: &str) -> impl Iterator<Item = Vec<&str>> {
    unfolded.split("\n\n").map(lines).filter(|lines| !lines.is_empty())
}

fn lines(record: &str) -> Vec<&str> {
    record.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

/// The name and the value of a line.
pub(super) fn parse(line: &str) -> Result<(&str, Vec<u8>), String> {
    let (name, rest) = line.split_once(':').ok_or_else(|| format!("no \":\" in \"{line}\""))?;
    match rest.strip_prefix(':') {
        Some(encoded) => STANDARD
            .decode(encoded.trim())
            .map(|bytes| (name, bytes))
            .map_err(|_| format!("the value of \"{name}\" is not base64")),
        None => Ok((name, rest.trim_start().as_bytes().to_vec())),
    }
}

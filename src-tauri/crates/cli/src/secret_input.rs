//! Secrets come from stdin or from a prompt without echo, never from an argument.

use connector_model::{Code, Error, Result, Secret};
use std::io::{BufRead, IsTerminal, Read};

/// Longest secret that is read, in bytes.
const MAX_BYTES: u64 = 64 * 1024;

/// One line of stdin, or what is typed at a prompt.
pub fn read(from_stdin: bool, what: &str) -> Result<Secret> {
    if from_stdin {
        return line(what);
    }
    if !std::io::stdin().is_terminal() {
        return Err(Error::new(Code::InvalidInput, format!("The {what} is missing."))
            .with_action(
                "Enter it at a terminal, or pass it on stdin with the matching --…-stdin option.",
            )
            .at(what));
    }
    let typed = rpassword::prompt_password(format!("{}: ", capital(what)));
    typed
        .map(Secret::from)
        .map_err(|e| Error::new(Code::InvalidInput, format!("The {what} cannot be read: {e}.")))
}

fn line(what: &str) -> Result<Secret> {
    let mut text = Vec::new();
    let mut input = std::io::stdin().lock().take(MAX_BYTES);
    input
        .read_until(b'\n', &mut text)
        .map_err(|e| Error::new(Code::InvalidInput, format!("The {what} cannot be read: {e}.")))?;
    while matches!(text.last(), Some(b'\n' | b'\r')) {
        text.pop();
    }
    Ok(Secret::new(text))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

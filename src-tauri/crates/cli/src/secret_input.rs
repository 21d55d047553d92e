//! Secrets come from stdin or from a prompt without echo, never from an argument.

use connector_model::text::{self, Coding};
use connector_model::{Code, Error, Result, Secret, io_reason};
use std::io::{BufRead, IsTerminal, Read};
use std::sync::OnceLock;

/// Longest secret that is read, in bytes.
const MAX_BYTES: u64 = 64 * 1024;

/// How stdin is written: only its first line may have a mark.
static CODING: OnceLock<Coding> = OnceLock::new();

/// One line of stdin, or what is typed at a prompt.
pub fn read(from_stdin: bool, what: &str) -> Result<Secret> {
    if from_stdin {
        let bytes = line(&mut std::io::stdin().lock(), CODING.get().copied());
        let bytes = bytes.map_err(|e| unreadable(what, &e))?;
        CODING.get_or_init(|| Coding::of(&bytes).0);
        return text::secret_line(bytes).map_err(|error| {
            let text = format!("The {what} on stdin is not text in UTF-8 or UTF-16.");
            Error::new(error.code, text)
                .with_action("Enter it at a terminal, or pass it on stdin in UTF-8.")
                .at(what)
        });
    }
    if !std::io::stdin().is_terminal() {
        return Err(Error::new(Code::InvalidInput, format!("The {what} is missing."))
            .with_action(
                "Enter it at a terminal, or pass it on stdin with the matching --…-stdin option.",
            )
            .at(what));
    }
    let typed = rpassword::prompt_password(format!("{}: ", capital(what)));
    typed.map(Secret::from).map_err(|e| unreadable(what, &e))
}

/// A line with its end, of whatever coding; with the mark of a coding that is known from a line before.
fn line(input: &mut impl BufRead, coding: Option<Coding>) -> std::io::Result<Vec<u8>> {
    let mut bytes = match coding {
        Some(Coding::Utf16Le) => vec![0xff, 0xfe],
        Some(Coding::Utf16Be) => vec![0xfe, 0xff],
        Some(Coding::Utf8) | None => vec![],
    };
    let mut input = input.take(MAX_BYTES);
    while !text::has_line(&bytes) {
        if input.read_until(b'\n', &mut bytes)? == 0 {
            break;
        }
        // The second half of a character whose first half looks like the end of a line.
        if Coding::of(&bytes).0 == Coding::Utf16Le && bytes.len() % 2 == 1 {
            let mut half = [0];
            if input.read(&mut half)? == 1 {
                bytes.push(half[0]);
            }
        }
    }
    Ok(bytes)
}

fn unreadable(what: &str, error: &std::io::Error) -> Error {
    Error::new(Code::InvalidInput, format!("The {what} cannot be read: {}.", io_reason(error)))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lines_of_any_coding_are_two_secrets() {
        let text = "Schl\u{fc}ssel\u{10a}\u{a00} \r\n  pass word \r\n";
        let units = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect()
        };
        for bytes in [
            text.as_bytes().to_vec(),
            format!("\u{feff}{text}").into_bytes(),
            units(u16::to_le_bytes),
            units(u16::to_be_bytes),
        ] {
            let mut input = &bytes[..];
            let first = line(&mut input, None).unwrap();
            let coding = Coding::of(&first).0;
            let second = line(&mut input, Some(coding)).unwrap();
            assert!(input.is_empty(), "{bytes:?}");
            let secret = |bytes| text::secret_line(bytes).unwrap();
            assert_eq!(secret(first).expose_str(), Some("Schl\u{fc}ssel\u{10a}\u{a00} "));
            assert_eq!(secret(second).expose_str(), Some("  pass word "));
        }
    }
}

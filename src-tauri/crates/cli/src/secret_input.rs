//! Secrets come from stdin or from a prompt without echo, never from an argument.

use connector_model::text::{self, Coding};
use connector_model::{Code, Error, Result, Secret, io_reason};
use connector_texts::{Language, Texts};
use std::io::{BufRead, IsTerminal, Read};
use std::sync::OnceLock;

/// Longest secret that is read, in bytes.
const MAX_BYTES: u64 = 64 * 1024;

/// How stdin is written: only its first line may have a mark.
static CODING: OnceLock<Coding> = OnceLock::new();

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Password,
    ProxyPassword,
    Token,
    RegistrationKey,
}

impl Asked {
    /// Its name in failures, which are English where they are written.
    fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::ProxyPassword => "proxy password",
            Self::Token => "token",
            Self::RegistrationKey => "registration key",
        }
    }

    /// The input's key, as errors have it.
    fn input(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::ProxyPassword => "proxy_password",
            Self::Token => "token",
            Self::RegistrationKey => "key",
        }
    }

    /// The prompt, in the language of whoever is asked.
    fn prompt(self, texts: &Texts) -> String {
        texts.text(match self {
            Self::Password => "cli-prompt-password",
            Self::ProxyPassword => "cli-prompt-proxy-password",
            Self::Token => "cli-prompt-token",
            Self::RegistrationKey => "cli-prompt-registration-key",
        })
    }
}

/// One line of stdin, or what is typed at a prompt.
pub fn read(from_stdin: bool, asked: Asked) -> Result<Secret> {
    let what = asked.name();
    if from_stdin {
        let bytes = line(&mut std::io::stdin().lock(), CODING.get().copied());
        let bytes = bytes.map_err(|e| unreadable(what, &e))?;
        CODING.get_or_init(|| Coding::of(&bytes).0);
        return text::secret_line(bytes).map_err(|error| {
            let text = format!("The {what} on stdin is not text in UTF-8 or UTF-16.");
            Error::new(error.code, text)
                .with_action("Enter it at a terminal, or pass it on stdin in UTF-8.")
                .at(asked.input())
        });
    }
    if !std::io::stdin().is_terminal() {
        return Err(Error::new(Code::InvalidInput, format!("The {what} is missing."))
            .with_action(
                "Enter it at a terminal, or pass it on stdin with the matching --…-stdin option.",
            )
            .at(asked.input()));
    }
    let typed =
        rpassword::prompt_password(format!("{}: ", asked.prompt(Texts::of(Language::of_system()))));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_asked_is_asked_in_their_language() {
        let german = Texts::of(Language::German);
        assert_eq!(Asked::Password.prompt(Texts::of(Language::English)), "Password");
        assert_eq!(Asked::RegistrationKey.prompt(german), "Registrierungsschlüssel");
    }

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

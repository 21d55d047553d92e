//! Text as Windows tools write it: with a byte order mark or without, in UTF-8 or UTF-16, with whatever ends its lines.

use crate::{Code, Error, Result, Secret};

/// How characters are bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// UTF-8.
    Utf8,
    /// UTF-16, the less significant byte first: what Windows calls Unicode.
    Utf16Le,
    /// UTF-16, the more significant byte first.
    Utf16Be,
}

impl Coding {
    /// The coding of a text, and how many bytes its mark has. Without a mark, the first character of a text is ASCII.
    pub fn of(bytes: &[u8]) -> (Self, usize) {
        match bytes {
            [0xef, 0xbb, 0xbf, ..] => (Self::Utf8, 3),
            [0xff, 0xfe, ..] => (Self::Utf16Le, 2),
            [0xfe, 0xff, ..] => (Self::Utf16Be, 2),
            [1..=0x7f, 0, ..] => (Self::Utf16Le, 0),
            [0, 1..=0x7f, ..] => (Self::Utf16Be, 0),
            _ => (Self::Utf8, 0),
        }
    }

    /// The characters of bytes without a mark; `None` where they are none.
    pub fn decode(self, bytes: &[u8]) -> Option<String> {
        let unit = match self {
            Self::Utf8 => return std::str::from_utf8(bytes).ok().map(str::to_owned),
            Self::Utf16Le => u16::from_le_bytes,
            Self::Utf16Be => u16::from_be_bytes,
        };
        let (pairs, []) = bytes.as_chunks::<2>() else { return None };
        char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<_, _>>().ok()
    }
}

/// The text of a file without its mark. `not_text` where it is none, and where it holds a NUL.
pub fn decoded(bytes: &[u8]) -> Result<String> {
    let (coding, mark) = Coding::of(bytes);
    let text = coding.decode(&bytes[mark..]).filter(|text| !text.contains('\0'));
    text.ok_or_else(|| Error::of(Code::NotText))
}

/// A secret that stands alone in a file or on stdin: the first line that has something, without its end. Its own spaces belong
/// to it.
pub fn secret_line(bytes: Vec<u8>) -> Result<Secret> {
    let bytes = Secret::new(bytes);
    let text = Secret::from(decoded(bytes.expose())?);
    let line = text.expose_str().unwrap_or_default();
    let line = line.lines().find(|line| !line.trim_end_matches('\r').is_empty());
    let line = line.unwrap_or_default();
    Ok(Secret::from(line.trim_end_matches('\r').to_owned()))
}

/// Whether a text that is still read has its first whole line.
pub fn has_line(bytes: &[u8]) -> bool {
    let (coding, mark) = Coding::of(bytes);
    let rest = &bytes[mark..];
    let ends = |end: [u8; 2]| rest.as_chunks::<2>().0.contains(&end);
    match coding {
        Coding::Utf8 => rest.contains(&b'\n'),
        Coding::Utf16Le => ends([b'\n', 0]),
        Coding::Utf16Be => ends([0, b'\n']),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    /// A text in every coding, with a mark and without.
    fn codings(text: &str) -> Vec<Vec<u8>> {
        let marked = format!("\u{feff}{text}");
        let mut all = vec![text.as_bytes().to_vec(), marked.clone().into_bytes()];
        for unit in [u16::to_le_bytes, u16::to_be_bytes] {
            all.extend([utf16(text, unit), utf16(&marked, unit)]);
        }
        all
    }

    #[test]
    fn every_coding_is_the_same_text() {
        let text = "name = \"Köln \u{1f600}\"\r\n";
        for bytes in codings(text) {
            assert_eq!(decoded(&bytes).unwrap(), text, "{bytes:?}");
        }
        assert_eq!(decoded(b"").unwrap(), "");
        for bytes in [
            &[0x4b, 0xf6, 0x6c][..],
            &[0xff, 0xfe, 0x41],
            &[0xff, 0xfe, 0, 0xd8],
            b"a\0b\0\0\0",
            &[0x41, 0x42, 0],
        ] {
            assert_eq!(decoded(bytes).unwrap_err().code, Code::NotText, "{bytes:?}");
        }
    }

    #[test]
    fn only_the_end_of_the_line_is_no_part_of_a_secret() {
        for (text, secret) in [
            ("geheim", "geheim"),
            ("geheim\n", "geheim"),
            ("geheim\r\n", "geheim"),
            (" with spaces \r\n\r\n", " with spaces "),
            ("tab\t\nsecond line\n", "tab\t"),
            ("\n", ""),
            ("\r\n\r\n after empty lines\r\n", " after empty lines"),
            ("\n\n\n", ""),
        ] {
            for bytes in codings(text).into_iter().filter(|bytes| !bytes.is_empty()) {
                assert_eq!(has_line(&bytes), text.contains('\n'), "{bytes:?}");
                assert_eq!(secret_line(bytes).unwrap().expose_str(), Some(secret), "{text:?}");
            }
        }
        // A Latin letter whose code ends like a line.
        assert!(!has_line(&utf16("a\u{10a}\u{a00}", u16::to_le_bytes)));
        assert_eq!(secret_line(vec![0x70, 0xe4]).unwrap_err().code, Code::NotText);
    }
}

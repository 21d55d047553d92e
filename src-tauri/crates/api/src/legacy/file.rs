//! The text of `inSyncADConnector.cfg`: `KEY = value` lines in whatever encoding somebody's editor left them.

use connector_model::text::Coding;
use connector_model::{Code, Error, Result, Secret};
use encoding_rs::WINDOWS_1252;
use std::ops::Range;

/// How characters are bytes: as in any text file, else in the code page of the former connector's editors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Unicode(Coding),
    Windows1252,
}

/// A file that was read: its text holds a password.
pub(crate) struct LegacyFile {
    bytes: Secret,
    text: Secret,
    coding: Encoding,
    /// Bytes of the mark before the text.
    mark: usize,
}

/// One line that says something.
pub(crate) struct Entry<'a> {
    /// In capital letters.
    pub key: String,
    pub value: &'a str,
    /// Whether the line can be read in this one way only.
    pub clear: bool,
    /// Where the value is in the text.
    place: Range<usize>,
}

impl LegacyFile {
    /// Takes over the bytes of the file.
    pub fn decode(bytes: Vec<u8>) -> Result<Self> {
        let (coding, mark) = Coding::of(&bytes);
        let text = coding.decode(&bytes[mark..]);
        let (text, coding) = match text {
            Some(text) => (Some(text), Encoding::Unicode(coding)),
            None if coding == Coding::Utf8 && mark == 0 => {
                let text = WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned();
                (Some(text), Encoding::Windows1252)
            }
            None => (None, Encoding::Unicode(coding)),
        };
        let text = text.ok_or_else(|| {
            Error::new(Code::NotText, "The configuration file is not a text file.").at("file")
        })?;
        Ok(Self { text: Secret::from(text), bytes: Secret::new(bytes), coding, mark })
    }

    pub fn bytes(&self) -> &[u8] {
        self.bytes.expose()
    }

    pub fn text(&self) -> &Secret {
        &self.text
    }

    /// The file with the one value of a key taken away, and nothing else changed. `None`: there is none, or it is not clear.
    pub fn without(&self, key: &str) -> Option<Secret> {
        let text = self.text.expose_str().unwrap_or_default();
        only(text, key).ok().flatten()?;
        let (mut left, mut from) = (Vec::with_capacity(self.bytes().len()), 0);
        for entry in entries(text).filter(|entry| entry.key == key) {
            let [start, end] = [entry.place.start, entry.place.end].map(|at| self.place(text, at));
            left.extend_from_slice(&self.bytes()[from..start]);
            from = end;
        }
        left.extend_from_slice(&self.bytes()[from..]);
        let left = Secret::new(left);
        (from > 0).then_some(left)
    }

    /// Where in the file a place of the text is.
    fn place(&self, text: &str, at: usize) -> usize {
        self.mark
            + match self.coding {
                Encoding::Unicode(Coding::Utf8) => at,
                Encoding::Unicode(_) => text[..at].encode_utf16().count() * 2,
                Encoding::Windows1252 => text[..at].chars().count(),
            }
    }
}

/// The one value of a key, however often it is there. An error where a line of it can be read in more than one way, or where
/// two lines differ: it says nothing of the value.
pub(crate) fn only<'a>(text: &'a str, key: &str) -> Result<Option<&'a str>> {
    let mut value = None;
    for entry in entries(text).filter(|entry| entry.key == key) {
        if !entry.clear || value.is_some_and(|before| before != entry.value) {
            return Err(Error::of(Code::PasswordUnclear).at("file"));
        }
        value = Some(entry.value);
    }
    Ok(value)
}

/// Every key that a line sets, also to nothing, in capital letters.
pub(crate) fn keys(text: &str) -> impl Iterator<Item = String> {
    let named =
        |key: &&str| !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let keys = text.lines().filter_map(|line| Some(line.split_once('=')?.0.trim()));
    keys.filter(named).map(str::to_ascii_uppercase)
}

/// `KEY = value` lines; values may be quoted as in Python. Comments, sections and empty values are passed over.
pub(crate) fn entries(text: &str) -> impl Iterator<Item = Entry<'_>> {
    text.split_inclusive('\n')
        .scan(0, |next, line| {
            let start = *next;
            *next += line.len();
            Some((start, line))
        })
        .filter_map(|(start, line)| {
            let (key, rest) = line.split_once('=')?;
            let name = key.trim();
            let named =
                !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            let (value, clear) = value(rest);
            let empty = clear && (value.is_empty() || value == "None");
            // Where the value begins: both are parts of the same text.
            let at = start + key.len() + 1 + (value.as_ptr() as usize - rest.as_ptr() as usize);
            (named && !empty).then(|| Entry {
                key: name.to_ascii_uppercase(),
                value,
                clear,
                place: at..at + value.len(),
            })
        })
}

/// What is between quotes, or before a comment; and whether that is the only way to read it. A backslash, a prefix, a second
/// quote, or a `#` within a bare value mean different things to different readers.
fn value(rest: &str) -> (&str, bool) {
    let bare = rest.trim();
    let literal = bare.trim_start_matches(|c| "uUbBrRfF".contains(c));
    let plain = |text: &str| !text.contains(|c: char| c == '\\' || c.is_control());
    if let Some(quote) = literal.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let Some((inner, tail)) = literal[1..].split_once(quote) else { return (bare, false) };
        let ended = tail.trim().is_empty() || tail.trim_start().starts_with('#');
        return (inner, ended && literal.len() == bare.len() && plain(inner));
    }
    if bare == "#" || bare.starts_with("# ") {
        return (&bare[..0], true);
    }
    let mut marks = bare
        .match_indices(['#', ';'])
        .filter(|(at, _)| *at == 0 || bare[..*at].ends_with(char::is_whitespace));
    match marks.next() {
        Some((at, "#")) => (bare[..at].trim_end(), false),
        Some(_) => (bare, false),
        None => (bare, plain(bare) && !bare.contains(['"', '\''])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\u{23} proxy of Köln\r\n[proxy]\r\nPROXY_SERVER = 'http://proxy.example.com:3128'\r\nproxy_user=\"svc\"\r\nPROXY_PASSWD = 'a=b#ü\u{20ac}'  # ours\r\nLOGGING = None\nSERVICE_PORT = 6061 # old\n\nPROXY_PASSWD=a=b#ü\u{20ac}\r\n#PROXY_PASSWD = 'c'\nNOTE = # nothing\nLAST = x";

    #[test]
    fn lines_are_read_as_the_former_connector_wrote_them() {
        let found: Vec<_> = entries(TEXT).map(|e| (e.key, e.value)).collect();
        let expected = [
            ("PROXY_SERVER", "http://proxy.example.com:3128"),
            ("PROXY_USER", "svc"),
            ("PROXY_PASSWD", "a=b#ü\u{20ac}"),
            ("SERVICE_PORT", "6061"),
            ("PROXY_PASSWD", "a=b#ü\u{20ac}"),
            ("LAST", "x"),
        ];
        assert_eq!(found, expected.map(|(k, v)| (k.to_owned(), v)));
        for entry in entries(TEXT) {
            assert_eq!(&TEXT[entry.place.clone()], entry.value);
        }
    }

    #[test]
    fn a_password_is_taken_only_where_it_can_be_meant_in_one_way() {
        for (line, value) in [
            ("'it is'", Some("it is")),
            ("\"a # 'b' ; c\" # ours", Some("a # 'b' ; c")),
            ("my#1;pw", Some("my#1;pw")),
            ("''", None),
            ("None", None),
            ("# nothing", None),
            ("'same'\nproxy_passwd = same", Some("same")),
        ] {
            let text = format!("PROXY_PASSWD = {line}\r\n");
            assert_eq!(only(&text, "PROXY_PASSWD").unwrap(), value, "{line}");
            let file = LegacyFile::decode(text.into_bytes()).unwrap();
            assert_eq!(file.without("PROXY_PASSWD").is_some(), value.is_some(), "{line}");
        }
        for line in [
            r"'it\'s'",
            r"'back\\slash'",
            r"bare\slash",
            "my #1 pw",
            "my\t#1",
            "my ; pw",
            "#1pw",
            "u'pw'",
            "r\"pw\"",
            "'pw' + 'more'",
            "'pw'more",
            "'''pw'''",
            "''more",
            "'open",
            "open'",
            "a\rPROXY_USER = b",
            "'one'\nPROXY_PASSWD = 'two'",
        ] {
            let text = format!("PROXY_PASSWD = {line}\r\n");
            let error = only(&text, "PROXY_PASSWD").unwrap_err();
            assert_eq!(error.code, Code::PasswordUnclear, "{line}");
            assert!(!format!("{error:?}").contains("pw"), "{error:?}");
            let file = LegacyFile::decode(text.into_bytes()).unwrap();
            assert!(file.without("PROXY_PASSWD").is_none(), "{line}");
        }
    }

    type Encode<'a> = &'a dyn Fn(&str) -> Vec<u8>;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn only_the_password_goes_whatever_the_encoding() {
        let blank = TEXT.replace("'a=b#ü\u{20ac}'", "''").replace("=a=b#ü\u{20ac}", "=");
        assert_ne!(blank, TEXT);
        let utf8 = |text: &str| text.as_bytes().to_vec();
        let marked = |text: &str| [b"\xef\xbb\xbf", text.as_bytes()].concat();
        let page = |text: &str| WINDOWS_1252.encode(text).0.into_owned();
        let codings: [Encode<'_>; 7] = [
            &utf8,
            &marked,
            &page,
            &|t| utf16(t, false),
            &|t| utf16(t, true),
            &|t| utf16(t, false).split_off(2),
            &|t| utf16(t, true).split_off(2),
        ];
        for encode in codings {
            let file = LegacyFile::decode(encode(TEXT)).unwrap();
            assert_eq!(file.text().expose_str(), Some(TEXT));
            let left = file.without("PROXY_PASSWD").unwrap();
            assert!(left.expose() == encode(&blank), "{:?}", file.coding);
            let again = LegacyFile::decode(left.expose().to_vec()).unwrap();
            assert!(again.without("PROXY_PASSWD").is_none());
        }
        assert!(LegacyFile::decode(vec![0xff, 0xfe, 0x00, 0xd8]).is_err(), "half a character");
    }
}

//! Files that somebody names: read once, of limited size, in whatever form Windows tools leave them.

use connector_model::{Code, Error, Result, Secret, io_reason, text};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Longest file that is read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;

/// The text of a file in UTF-8 or UTF-16, without its mark. `field` names the input in errors.
pub fn text_file(path: &Path, field: &str) -> Result<String> {
    text::decoded(&bytes(path, field)?).map_err(|error| not_text(path, &error).at(field))
}

/// The certificates of a file (PEM, DER or PKCS #7) as PEM text; the rest of it is not read on.
pub fn certificate_file(path: &Path, field: &str) -> Result<String> {
    connector_tls::pem_of_file(&bytes(path, field)?).map_err(|error| error.at(field))
}

/// A secret that stands alone in a file, without the end of its line.
pub fn secret_file(path: &Path, field: &str) -> Result<Secret> {
    text::secret_line(bytes(path, field)?).map_err(|error| not_text(path, &error).at(field))
}

fn bytes(path: &Path, field: &str) -> Result<Vec<u8>> {
    let bad = |why: String| {
        Error::new(Code::InvalidInput, why)
            .with_action("Choose a file that you can read.")
            .at(field)
    };
    let failed =
        |e: std::io::Error| bad(format!("{} cannot be read: {}.", path.display(), io_reason(&e)));
    let mut content = vec![];
    let file = File::open(path).map_err(failed)?;
    file.take(MAX_BYTES + 1).read_to_end(&mut content).map_err(failed)?;
    if content.len() as u64 > MAX_BYTES {
        return Err(bad(format!("{} is larger than 1 MiB.", path.display())));
    }
    Ok(content)
}

fn not_text(path: &Path, error: &Error) -> Error {
    Error::new(error.code, format!("{} is not a text file.", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_windows_tools_are_read_and_others_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("given");
        let put = |bytes: &[u8]| std::fs::write(&path, bytes).unwrap();
        put(b"\xff\xfea\0b\0\r\0\n\0");
        assert_eq!(text_file(&path, "file").unwrap(), "ab\r\n");
        assert_eq!(secret_file(&path, "key_file").unwrap().expose_str(), Some("ab"));
        put(&[0x4d, 0xfc, 0x6c, 0x6c]);
        for error in [text_file(&path, "f").unwrap_err(), secret_file(&path, "f").unwrap_err()] {
            assert_eq!((error.code, error.field.as_deref()), (Code::NotText, Some("f")));
            assert!(error.message.contains("given"), "{error}");
        }
        assert_eq!(certificate_file(&path, "ca").unwrap_err().code, Code::InvalidCertificate);
        put(&vec![b'#'; 1024 * 1024 + 1]);
        assert_eq!(text_file(&path, "f").unwrap_err().code, Code::InvalidInput);
        std::fs::remove_file(&path).unwrap();
        let missing = text_file(&path, "f").unwrap_err().message;
        assert!(missing.ends_with("cannot be read: it does not exist."), "{missing}");
    }
}

//! Files written for the user, in the folder for downloads. Nothing that exists is overwritten.

use connector_model::{Code, Error, Result};
use serde::Serialize;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file that was written.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Saved {
    /// Where it is.
    pub path: PathBuf,
}

/// Writes what is at hand as a whole.
pub(crate) fn whole(name: &str, extension: &str, content: &[u8]) -> Result<Saved> {
    let (mut file, path) = create(name, extension)?;
    match file.write_all(content) {
        Ok(()) => Ok(Saved { path }),
        Err(e) => {
            // Half a file looks like a whole one.
            let _ = std::fs::remove_file(&path);
            Err(failed(&path, &e))
        }
    }
}

/// A table as CSV (RFC 4180), in UTF-8 with a mark that spreadsheet programs look for.
pub(crate) struct Csv {
    file: BufWriter<File>,
    path: PathBuf,
}

impl Csv {
    pub fn create(name: &str, columns: &[&str]) -> Result<Self> {
        let (file, path) = create(name, "csv")?;
        let mut csv = Self { file: BufWriter::new(file), path };
        csv.write("\u{feff}")?;
        csv.row(columns)?;
        Ok(csv)
    }

    pub fn row(&mut self, fields: &[&str]) -> Result<()> {
        let line: Vec<_> = fields.iter().map(|field| quoted(field)).collect();
        self.write(&format!("{}\r\n", line.join(",")))
    }

    pub fn finish(mut self) -> Result<Saved> {
        self.file.flush().map_err(|e| failed(&self.path, &e))?;
        Ok(Saved { path: self.path })
    }

    fn write(&mut self, text: &str) -> Result<()> {
        self.file.write_all(text.as_bytes()).map_err(|e| failed(&self.path, &e))
    }
}

/// A field that a spreadsheet would run as a formula is made text: names in a directory are other people's input.
fn quoted(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let mark = if formula { "'" } else { "" };
    format!("\"{mark}{}\"", field.replace('"', "\"\""))
}

fn create(name: &str, extension: &str) -> Result<(File, PathBuf)> {
    let folder = connector_platform::downloads_dir();
    std::fs::create_dir_all(&folder).map_err(|e| failed(&folder, &e))?;
    let safe: String =
        name.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect();
    for number in 1..1000 {
        let mark = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("{safe}{mark}.{extension}"));
        match File::create_new(&path) {
            Ok(file) => return Ok((file, path)),
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(failed(&path, &e)),
        }
    }
    Err(Error::new(Code::StorageFailed, format!("{} is full of such files.", folder.display())))
}

fn failed(path: &Path, error: &std::io::Error) -> Error {
    Error::new(Code::StorageFailed, format!("{} cannot be written: {error}.", path.display()))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn quotes_are_doubled_and_formulas_are_text() {
        assert_eq!(quoted("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(quoted("=cmd()"), "\"'=cmd()\"");
        assert_eq!(quoted("CN=x"), "\"CN=x\"");
    }
}

//! A table as a file for spreadsheet programs (RFC 4180).

use super::{Saved, create, failed};
use connector_model::Result;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

/// Such a file, in UTF-8 with a mark that spreadsheet programs look for. One that is not finished is removed: half a file looks
/// like a whole one.
pub(crate) struct Csv {
    file: BufWriter<File>,
    path: PathBuf,
    finished: bool,
}

impl Csv {
    pub fn create(name: &str, columns: &[&str]) -> Result<Self> {
        let (file, path) = create(name, "csv")?;
        let mut csv = Self { file: BufWriter::new(file), path, finished: false };
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
        self.finished = true;
        Ok(Saved { path: self.path.clone() })
    }

    fn write(&mut self, text: &str) -> Result<()> {
        self.file.write_all(text.as_bytes()).map_err(|e| failed(&self.path, &e))
    }
}

impl Drop for Csv {
    fn drop(&mut self) {
        if !self.finished {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// A field that a spreadsheet would run as a formula is made text: names in a directory are other people's input.
fn quoted(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let mark = if formula { "'" } else { "" };
    format!("\"{mark}{}\"", field.replace('"', "\"\""))
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

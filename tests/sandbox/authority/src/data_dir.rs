//! The folder in which the sandbox keeps everything; the owner's only.

use crate::{CertificateError, CompanyCa};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A data directory.
#[derive(Debug, Clone)]
pub struct DataDir(PathBuf);

impl DataDir {
    /// Makes the directory if it is missing.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(path)?;
        Ok(Self(path.canonicalize()?))
    }

    /// The path of a file in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The text of a file, if there is one.
    pub fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.path(name)).ok()
    }

    /// Writes a file as a whole: a crash leaves the old one or the new one.
    pub fn write(&self, name: &str, text: &str) -> io::Result<()> {
        let temporary = self.path(&format!("{name}.new"));
        let mut file = private(&temporary, true)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(temporary, self.path(name))
    }

    /// The authority kept in `NAME.pem` and `NAME-key.pem`; made with that subject if missing.
    pub fn authority(&self, name: &str, subject: &str) -> Result<CompanyCa, CertificateError> {
        let (file, key_file) = (format!("{name}.pem"), format!("{name}-key.pem"));
        if let (Some(pem), Some(key)) = (self.read(&file), self.read(&key_file)) {
            return Ok(CompanyCa::from_pem(pem, key));
        }
        let ca = CompanyCa::new(subject)?;
        self.write(&key_file, ca.key_pem())?;
        self.write(&file, ca.pem())?;
        Ok(ca)
    }

    /// Makes an empty file with the right rights, unless it is there.
    pub fn touch(&self, name: &str) -> io::Result<PathBuf> {
        let path = self.path(name);
        private(&path, false)?;
        Ok(path)
    }
}

fn private(path: &Path, truncate: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(truncate);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

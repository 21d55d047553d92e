//! Secrets: in the operating system's keychain, or sealed in a file with a key that systemd holds. Never elsewhere.

mod os;
mod sealed_file;

use crate::Home;
use connector_model::{Code, Error, Result, Secret};
use sealed_file::SealedFile;
use std::sync::mpsc;
use std::time::Duration;

/// A locked keychain may ask somebody who is not there.
const DEADLINE: Duration = Duration::from_secs(10);

/// The secrets of one home.
#[derive(Clone)]
pub struct Keychain {
    backend: Backend,
}

#[derive(Clone)]
enum Backend {
    System { mark: String },
    File(SealedFile),
}

impl Keychain {
    /// Chooses the place: the sealed file where systemd hands over a key (`LoadCredential=`), else the system's keychain.
    /// Nothing is read or written yet.
    pub fn open(home: &Home) -> Result<Self> {
        let backend = match SealedFile::find(home)? {
            Some(file) => Backend::File(file),
            None => Backend::System { mark: home.mark() },
        };
        Ok(Self { backend })
    }

    /// Stores a secret and reads it back: it is only kept when it can be used later.
    pub fn set(&self, name: &str, secret: &Secret) -> Result<()> {
        let (backend, key, value) = (self.backend.clone(), name.to_owned(), secret.clone());
        with_deadline(move || backend.set(&key, &value))?;
        if self.get(name)? == *secret {
            Ok(())
        } else {
            Err(Error::new(
                Code::KeychainUnavailable,
                "The keychain did not return what was stored.",
            ))
        }
    }

    /// Reads a secret; `secret_missing` when there is none of that name.
    pub fn get(&self, name: &str) -> Result<Secret> {
        let (backend, key) = (self.backend.clone(), name.to_owned());
        with_deadline(move || backend.get(&key))
    }

    /// Removes a secret; none of that name is fine.
    pub fn delete(&self, name: &str) -> Result<()> {
        let (backend, key) = (self.backend.clone(), name.to_owned());
        with_deadline(move || backend.delete(&key))
    }

    /// Where the secrets are, for people.
    pub fn describe(&self) -> String {
        match &self.backend {
            Backend::System { .. } => os::DESCRIPTION.to_owned(),
            Backend::File(file) => file.describe(),
        }
    }
}

impl Backend {
    fn set(&self, name: &str, secret: &Secret) -> Result<()> {
        match self {
            Self::System { mark } => os::set(&user(mark, name), secret),
            Self::File(file) => file.set(name, secret),
        }
    }

    fn get(&self, name: &str) -> Result<Secret> {
        match self {
            Self::System { mark } => os::get(&user(mark, name)),
            Self::File(file) => file.get(name),
        }
        .map_err(|e| if e.code == Code::SecretMissing { missing(name) } else { e })
    }

    fn delete(&self, name: &str) -> Result<()> {
        match self {
            Self::System { mark } => os::delete(&user(mark, name)),
            Self::File(file) => file.delete(name),
        }
    }
}

/// Entries of several homes of one user never mix.
fn user(mark: &str, name: &str) -> String {
    format!("{mark}/{name}")
}

fn missing(name: &str) -> Error {
    Error::new(
        Code::SecretMissing,
        format!("The secret \"{name}\" is not in the keychain of this user."),
    )
}

fn with_deadline<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let (done, result) = mpsc::channel();
    std::thread::spawn(move || {
        let _ = done.send(work());
    });
    result.recv_timeout(DEADLINE).unwrap_or_else(|_| {
        Err(Error::new(
            Code::KeychainLocked,
            "The keychain did not answer; it may be waiting for somebody to unlock it.",
        ))
    })
}

//! Secrets: in the operating system's keychain, or sealed in a file with a key that systemd holds. Never elsewhere.
//! A keychain may block for as long as somebody is asked to unlock it, so each read, write and removal has a
//! thread of its own and a deadline.

#[cfg(target_os = "linux")]
mod gate;
mod os;
mod sealed_file;

use crate::Home;
use connector_model::{Code, Error, Result, Secret};
use sealed_file::SealedFile;
use std::time::Duration;
use tokio::sync::oneshot;

/// A locked keychain may ask somebody who is not there.
const DEADLINE: Duration = Duration::from_secs(10);

/// The secrets of one home.
#[derive(Clone)]
pub struct Keychain {
    backend: Backend,
}

#[derive(Clone)]
enum Backend {
    System { mark: String, former: Vec<String> },
    File(SealedFile),
}

impl Keychain {
    /// Chooses the place: the sealed file where systemd hands over a key (`LoadCredential=`), else the system's keychain.
    /// Nothing is read or written yet.
    pub fn open(home: &Home) -> Result<Self> {
        let backend = match SealedFile::find(home)? {
            Some(file) => Backend::File(file),
            None => Backend::System { mark: home.mark(), former: home.former_marks() },
        };
        Ok(Self { backend })
    }

    /// Stores a secret and reads it back: it is only kept when it can be used later.
    pub async fn set(&self, name: &str, secret: &Secret) -> Result<()> {
        self.ask_again();
        let (backend, key, value) = (self.backend.clone(), name.to_owned(), secret.clone());
        with_deadline(move || backend.set(&key, &value)).await?;
        if self.get(name).await? == *secret {
            Ok(())
        } else {
            Err(Error::new(
                Code::KeychainUnavailable,
                "The keychain did not return what was stored.",
            ))
        }
    }

    /// Reads a secret; `secret_missing` when there is none of that name.
    pub async fn get(&self, name: &str) -> Result<Secret> {
        let (backend, key) = (self.backend.clone(), name.to_owned());
        with_deadline(move || backend.get(&key)).await
    }

    /// Removes a secret; none of that name is fine.
    pub async fn delete(&self, name: &str) -> Result<()> {
        let (backend, key) = (self.backend.clone(), name.to_owned());
        with_deadline(move || backend.delete(&key)).await
    }

    /// Whether the keychain is locked, as far as is known: somebody is being asked to unlock it, or did not want to.
    pub fn is_shut(&self) -> bool {
        matches!(self.backend, Backend::System { .. }) && os::is_shut()
    }

    /// Somebody does what needs a secret: whoever did not want to unlock the keychain may be asked again.
    pub fn ask_again(&self) {
        if matches!(self.backend, Backend::System { .. }) {
            os::ask_again();
        }
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
            Self::System { mark, former } => {
                os::set(&user(mark, name), secret)?;
                forget(former, name)
            }
            Self::File(file) => file.set(name, secret),
        }
    }

    fn get(&self, name: &str) -> Result<Secret> {
        match self {
            Self::System { mark, former } => moved(mark, former, name),
            Self::File(file) => file.get(name),
        }
        .map_err(|e| if e.code == Code::SecretMissing { missing(name) } else { e })
    }

    fn delete(&self, name: &str) -> Result<()> {
        match self {
            Self::System { mark, former } => {
                os::delete(&user(mark, name))?;
                forget(former, name)
            }
            Self::File(file) => file.delete(name),
        }
    }
}

/// A secret; one that an earlier version kept under another way to write the home's path is kept under the true one from now on.
fn moved(mark: &str, former: &[String], name: &str) -> Result<Secret> {
    let found = os::get(&user(mark, name));
    if !is_missing(&found) {
        return found;
    }
    for other in former {
        let other = os::get(&user(other, name));
        if is_missing(&other) {
            continue;
        }
        let secret = other?;
        os::set(&user(mark, name), &secret)?;
        if os::get(&user(mark, name))? == secret {
            forget(former, name)?;
        }
        return Ok(secret);
    }
    found
}

fn is_missing(found: &Result<Secret>) -> bool {
    found.as_ref().is_err_and(|error| error.code == Code::SecretMissing)
}

fn forget(former: &[String], name: &str) -> Result<()> {
    former.iter().try_for_each(|mark| os::delete(&user(mark, name)))
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

/// A thread that is left behind ends when the keychain answers; a pool of threads would be used up by a few of them.
async fn with_deadline<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let (done, result) = oneshot::channel();
    std::thread::spawn(move || {
        let _ = done.send(work());
    });
    match tokio::time::timeout(DEADLINE, result).await {
        Ok(result) => result.unwrap_or_else(|_| Err(Error::of(Code::Internal))),
        Err(_) => Err(Error::new(
            Code::KeychainLocked,
            "The keychain did not answer; it may be waiting for somebody to unlock it.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_keychain_that_waits_for_somebody_holds_up_nobody_else() {
        let (unlock, locked) = std::sync::mpsc::channel::<()>();
        let waiting = with_deadline(move || {
            let _ = locked.recv();
            Ok(())
        });
        tokio::pin!(waiting);
        assert!(still_waits(waiting.as_mut()).await, "it answers before it is unlocked");
        let meanwhile = tokio::spawn(async { 7 });
        assert_eq!(meanwhile.await.unwrap(), 7);
        assert_eq!(waiting.await.unwrap_err().code, Code::KeychainLocked);
        drop(unlock);
    }

    /// Polls once; whether it still waits.
    async fn still_waits<T>(work: impl Future<Output = T>) -> bool {
        tokio::select! {
            biased;
            _ = work => false,
            () = std::future::ready(()) => true,
        }
    }
}

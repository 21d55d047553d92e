//! A locked Secret Service: somebody is asked once to unlock it, for all secrets together. Who says no is not asked again until
//! somebody does something that needs a secret; that it was unlocked some other way is noticed all the same.

use connector_model::{Code, Error, Result};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::{OwnedObjectPath, OwnedValue};

const SERVICE: &str = "org.freedesktop.secrets";
const ROOT: &str = "/org/freedesktop/secrets";
/// So long whoever wants a secret waits for the answer; it is asked for at most ten seconds.
const ANSWER: Duration = Duration::from_secs(8);

/// How it stands with the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    /// Nobody was asked, or whoever was asked said yes.
    Open,
    /// Somebody is being asked. The number tells this question from earlier ones.
    Asked(u64),
    /// Nobody wanted to.
    Refused,
}

/// One for the process: the keychain is one for all homes.
pub(super) struct Gate {
    question: Mutex<(Question, u64)>,
    answered: Condvar,
}

/// The keychain of whoever runs this process.
pub(super) static GATE: Gate =
    Gate { question: Mutex::new((Question::Open, 0)), answered: Condvar::new() };

/// A keychain that can be locked.
pub(super) trait Lockable: Send + Sync + Clone + 'static {
    /// Whether it is locked now.
    fn is_locked(&self) -> bool;
    /// Has somebody asked to unlock it; whether they did. May take for ever.
    fn ask(&self) -> bool;
}

impl Gate {
    /// Back once the keychain is unlocked, or with why it is not.
    pub fn pass(&'static self, keychain: &impl Lockable) -> Result<()> {
        if !keychain.is_locked() {
            self.open().0 = Question::Open;
            return Ok(());
        }
        let mut question = self.open();
        if question.0 == Question::Open {
            question.1 += 1;
            let number = question.1;
            question.0 = Question::Asked(number);
            let asked = keychain.clone();
            std::thread::spawn(move || self.answer(number, asked.ask()));
        }
        let waits = |question: &mut (Question, u64)| matches!(question.0, Question::Asked(_));
        let waited = self.answered.wait_timeout_while(question, ANSWER, waits);
        let (question, _) = waited.unwrap_or_else(PoisonError::into_inner);
        match question.0 {
            Question::Open => Ok(()),
            Question::Asked(_) => {
                Err(locked("The keychain is locked. It waits for somebody to unlock it."))
            }
            Question::Refused => {
                Err(locked("The keychain is locked, and whoever was asked did not unlock it."))
            }
        }
    }

    fn answer(&self, number: u64, unlocked: bool) {
        let mut question = self.open();
        if question.0 == Question::Asked(number) {
            question.0 = if unlocked { Question::Open } else { Question::Refused };
            self.answered.notify_all();
        }
    }

    /// Somebody acts: who refused may be asked again.
    pub fn ask_again(&self) {
        let mut question = self.open();
        if question.0 == Question::Refused {
            question.0 = Question::Open;
        }
    }

    /// Whether a secret can be had only after somebody has unlocked the keychain, as far as is known.
    pub fn is_shut(&self) -> bool {
        self.open().0 != Question::Open
    }

    fn open(&self) -> MutexGuard<'_, (Question, u64)> {
        self.question.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn locked(message: &str) -> Error {
    Error::new(Code::KeychainLocked, message)
}

/// The collection that new secrets go to (Secret Service API, "default").
#[derive(Clone)]
pub(super) struct Collection {
    bus: Connection,
    path: OwnedObjectPath,
}

impl Collection {
    /// `None` where there is none, or nobody to ask: the library says then what is wrong.
    pub fn find() -> Option<Self> {
        let bus = Connection::session().ok()?;
        let service = proxy(&bus, ROOT, "org.freedesktop.Secret.Service").ok()?;
        let path: OwnedObjectPath = service.call("ReadAlias", &("default",)).ok()?;
        (path.as_str() != "/").then(|| Self { bus, path })
    }

    fn unlocked(&self) -> zbus::Result<bool> {
        let service = proxy(&self.bus, ROOT, "org.freedesktop.Secret.Service")?;
        let (unlocked, prompt): (Vec<OwnedObjectPath>, OwnedObjectPath) =
            service.call("Unlock", &(vec![&self.path],))?;
        if !unlocked.is_empty() || prompt.as_str() == "/" {
            return Ok(!self.is_locked());
        }
        let prompt = proxy(&self.bus, prompt.as_str(), "org.freedesktop.Secret.Prompt")?;
        let mut completed = prompt.receive_signal("Completed")?;
        prompt.call_method("Prompt", &("",))?;
        let Some(said) = completed.next() else { return Ok(false) };
        let (dismissed, _): (bool, OwnedValue) = said.body().deserialize()?;
        Ok(!dismissed && !self.is_locked())
    }
}

impl Lockable for Collection {
    fn is_locked(&self) -> bool {
        let collection = proxy(&self.bus, self.path.as_str(), "org.freedesktop.Secret.Collection");
        collection.and_then(|collection| collection.get_property("Locked")).unwrap_or(false)
    }

    fn ask(&self) -> bool {
        self.unlocked().unwrap_or_else(|error| {
            tracing::warn!(%error, "nobody could be asked to unlock the keychain");
            false
        })
    }
}

fn proxy<'a>(bus: &Connection, path: &'a str, interface: &'a str) -> zbus::Result<Proxy<'a>> {
    use zbus::proxy::CacheProperties::No;
    let proxy: Proxy<'a> = zbus::blocking::proxy::Builder::new(bus)
        .destination(SERVICE)?
        .path(path)?
        .interface(interface)?
        .cache_properties(No)
        .build()?;
    Ok(proxy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::mpsc::{Receiver, Sender, channel};

    /// Answers as a test says.
    #[derive(Clone)]
    struct Somebody {
        locked: Arc<AtomicBool>,
        asked: Arc<AtomicUsize>,
        says: Arc<Mutex<Receiver<bool>>>,
    }

    impl Lockable for Somebody {
        fn is_locked(&self) -> bool {
            self.locked.load(Ordering::SeqCst)
        }

        fn ask(&self) -> bool {
            self.asked.fetch_add(1, Ordering::SeqCst);
            let yes = self.says.lock().unwrap().recv().unwrap_or(false);
            self.locked.store(!yes, Ordering::SeqCst);
            yes
        }
    }

    fn somebody() -> (&'static Gate, Somebody, Sender<bool>) {
        let (say, says) = channel();
        let (locked, asked) = (Arc::new(AtomicBool::new(true)), Arc::default());
        let gate = Gate { question: Mutex::new((Question::Open, 0)), answered: Condvar::new() };
        (
            Box::leak(Box::new(gate)),
            Somebody { locked, asked, says: Arc::new(Mutex::new(says)) },
            say,
        )
    }

    #[test]
    fn seven_secrets_are_one_question_and_a_no_is_kept() {
        let (gate, somebody, say) = somebody();
        let want = |somebody: &Somebody| {
            let somebody = somebody.clone();
            std::thread::spawn(move || gate.pass(&somebody).map_err(|e| e.code))
        };
        let first: Vec<_> = (0..7).map(|_| want(&somebody)).collect();
        say.send(false).unwrap();
        for one in first {
            assert_eq!(one.join().unwrap(), Err(Code::KeychainLocked));
        }
        assert_eq!(gate.pass(&somebody).unwrap_err().code, Code::KeychainLocked);
        assert!(gate.is_shut());
        assert_eq!(somebody.asked.load(Ordering::SeqCst), 1, "asked once, and not again");
        gate.ask_again();
        say.send(true).unwrap();
        gate.pass(&somebody).unwrap();
        assert_eq!(somebody.asked.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn what_is_unlocked_elsewhere_is_noticed_and_locked_again_asked_for_again() {
        let (gate, somebody, say) = somebody();
        say.send(false).unwrap();
        gate.pass(&somebody).unwrap_err();
        somebody.locked.store(false, Ordering::SeqCst);
        gate.pass(&somebody).unwrap();
        somebody.locked.store(true, Ordering::SeqCst);
        say.send(true).unwrap();
        gate.pass(&somebody).unwrap();
        assert_eq!(somebody.asked.load(Ordering::SeqCst), 2);
    }
}

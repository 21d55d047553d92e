//! The budget of wrong passwords: what is forwarded for one person stays below what the directory locks an account for,
//! whichever door it comes through, however much of it at once, and over restarts.

use crate::people::guess_counter::{self, Asked, CountedBy, Told};
use crate::people::unknown_names::UnknownNames;
use crate::ports::{Clock, End, Place, SharedBudget};
use crate::store::Store;
use connector_model::{Code, Error, GuessLimit, Identity, Result, SignInOutcome};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// The budgets of everybody, of all doors.
pub(crate) struct Lockout {
    told: mpsc::Sender<Told>,
    counter: Option<JoinHandle<()>>,
    /// Names that nobody has.
    pub unknown: UnknownNames,
}

/// A place in a person's budget, taken before the password is forwarded. What was forwarded counts, also when nobody waits
/// for the answer any more, until it is given back.
pub(crate) struct Reservation {
    told: mpsc::Sender<Told>,
    clock: Arc<dyn Clock>,
    identity: String,
    row: i64,
    limit: GuessLimit,
    end: End,
    counted_by: CountedBy,
    /// The same at the cloud, for all connectors.
    shared: Option<Box<dyn Place>>,
}

impl Lockout {
    /// Counts on with what was counted before.
    pub fn start(store: Store) -> Self {
        let (told, counter) = guess_counter::start(store);
        Self { told, counter, unknown: UnknownNames::default() }
    }

    /// Takes a place; `None` when the budget is used up. Waits while that depends on sign-ins of the same person that are not
    /// decided yet. An error where the cloud, which counts for all connectors, does not answer.
    pub async fn reserve(
        &self,
        identity: &Identity,
        limit: GuessLimit,
        clock: &Arc<dyn Clock>,
        shared: Option<&dyn SharedBudget>,
    ) -> Result<Option<Reservation>> {
        let shared = shared.filter(|cloud| cloud.counts());
        let (answer, told) = oneshot::channel();
        let (identity_text, now_ms) = (identity.to_string(), clock.now_ms());
        let counted_by = if shared.is_some() { CountedBy::TheCloudToo } else { CountedBy::Us };
        let identity_asked = identity_text.clone();
        let asked = Asked { identity: identity_asked, limit, now_ms, counted_by, answer };
        let counter = || Error::new(Code::Internal, "The count of wrong passwords has ended.");
        self.told.send(Told::Asked(asked)).map_err(|_| counter())?;
        let Some(row) = told.await.map_err(|_| counter())? else { return Ok(None) };
        let (told, clock) = (self.told.clone(), clock.clone());
        let mut own = Reservation {
            told,
            clock,
            identity: identity_text,
            row,
            limit,
            end: End::Free,
            counted_by,
            shared: None,
        };
        if let Some(cloud) = shared {
            let Some(place) = cloud.reserve(identity, limit).await? else { return Ok(None) };
            own.shared = Some(place);
        }
        Ok(Some(own))
    }
}

impl Drop for Lockout {
    fn drop(&mut self) {
        let _ = self.told.send(Told::Stop);
        if let Some(counter) = self.counter.take() {
            let _ = counter.join();
        }
    }
}

impl Reservation {
    /// The password is forwarded now.
    pub fn forwarded(&mut self) {
        self.end = End::Counts;
    }

    /// Ends with what the directory said: the place is free again unless that was a wrong guess, or may have been one.
    pub fn end(mut self, answer: Result<SignInOutcome, &Error>) {
        self.end = match answer {
            Ok(outcome) if is_wrong(outcome) => End::Counts,
            Ok(SignInOutcome::Ok) if self.limit.until_right => End::Forget,
            Err(error) if may_have_counted(error.code) => End::Counts,
            Ok(_) | Err(_) => End::Free,
        };
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        let (row, end, counted_by) = (self.row, self.end, self.counted_by);
        let (identity, at_ms) = (std::mem::take(&mut self.identity), self.clock.now_ms());
        let _ = self.told.send(Told::Settled { identity, row, end, at_ms, counted_by });
        if let Some(place) = self.shared.take() {
            place.settle(end);
        }
    }
}

/// Whether the directory counts it. The others are told only to whom the password is right.
fn is_wrong(outcome: SignInOutcome) -> bool {
    matches!(
        outcome,
        SignInOutcome::WrongPassword | SignInOutcome::UnknownUser | SignInOutcome::Locked
    )
}

/// Whether the bind may have reached a server all the same.
fn may_have_counted(code: Code) -> bool {
    matches!(code, Code::ConnectionLost | Code::Timeout | Code::ProtocolViolation)
}

//! How a batch goes on: one person's trouble stops nobody, the trouble of all ends the batch until later.

use crate::scim::failure::{Failure, Outcome};
use connector_model::{Code, DeliveryResult, Error};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// People without a sure answer, and nobody with one in between, after whom the service is taken to be down.
const IN_A_ROW: usize = 16;

/// What the people of one batch met so far.
#[derive(Default)]
pub(crate) struct Course {
    in_a_row: AtomicUsize,
    /// Why nobody else is sent.
    stopped: Mutex<Option<Error>>,
}

impl Course {
    /// Why nobody else is sent, if so.
    pub(crate) fn stopped(&self) -> Option<Error> {
        self.stopped.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes how it went with somebody.
    pub(crate) fn note(&self, outcome: &Outcome<DeliveryResult>) {
        let stop = match outcome {
            Ok(_) | Err(Failure::Refused(_) | Failure::Absent(_)) => {
                self.in_a_row.store(0, Ordering::Relaxed);
                return;
            }
            Err(Failure::Away { error, .. }) => error,
            Err(Failure::Unsure { error, .. } | Failure::Redirected(error)) => {
                if self.in_a_row.fetch_add(1, Ordering::Relaxed) + 1 < IN_A_ROW {
                    return;
                }
                error
            }
        };
        let mut stopped = self.stopped.lock().unwrap_or_else(PoisonError::into_inner);
        stopped.get_or_insert_with(|| in_the_way(stop.clone()));
    }
}

/// Whether anybody was decided by the service.
pub(crate) fn anybody_decided(outcomes: &[Outcome<DeliveryResult>]) -> bool {
    outcomes
        .iter()
        .any(|outcome| matches!(outcome, Ok(_) | Err(Failure::Refused(_) | Failure::Absent(_))))
}

/// What became of somebody where the service as a whole is at fault.
pub(crate) fn blamed_on_the_service(failure: Failure) -> Failure {
    match failure {
        Failure::Unsure { error, .. } => Failure::Away { error: in_the_way(error), sent: true },
        Failure::Redirected(error) => Failure::Away { error, sent: false },
        other => other,
    }
}

/// The failure of one request as that of the service: it may pass.
fn in_the_way(error: Error) -> Error {
    match error.code {
        Code::ProtocolViolation | Code::MessageTooLarge => {
            Error { code: Code::CloudUnavailable, ..error }
        }
        _ => error,
    }
}

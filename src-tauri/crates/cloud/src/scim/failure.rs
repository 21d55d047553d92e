//! Why there is no answer to go on with, and whom that concerns: one person, or everybody.

use connector_model::{Code, DeliveryResult, Error};
use std::time::Duration;

/// An answer, or why there is none.
pub(crate) type Outcome<T> = Result<T, Failure>;

/// Why there is none.
#[derive(Debug, Clone)]
pub(crate) enum Failure {
    /// The service's decision about this person; nothing was carried out.
    Refused(Error),
    /// The same, and the service has nobody who is the person.
    Absent(Error),
    /// The service says that it is elsewhere; nothing was carried out.
    Redirected(Error),
    /// Sent, and what came back proves nothing.
    Unsure {
        error: Error,
        /// How long the service asks to wait.
        pause: Option<Duration>,
    },
    /// The service as a whole: it cannot be reached, asks to be left alone, or does not accept the token.
    Away {
        error: Error,
        /// Whether something was sent before that.
        sent: bool,
    },
}

impl Failure {
    pub(crate) fn unsure(error: Error) -> Self {
        Self::Unsure { error, pause: None }
    }

    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self::Refused(Error::new(Code::CloudRefused, message))
    }

    /// The same where the service said that it has nobody who is the person.
    pub(crate) fn of_nobody(self) -> Self {
        match self {
            Self::Refused(error) => Self::Absent(error),
            other => other,
        }
    }

    /// The same after something was sent that may have been carried out: what is refused then is still not known.
    pub(crate) fn after_sending(self) -> Self {
        match self {
            Self::Refused(error) | Self::Absent(error) | Self::Redirected(error) => {
                Self::unsure(error)
            }
            Self::Away { error, .. } => Self::Away { error, sent: true },
            unsure @ Self::Unsure { .. } => unsure,
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(error)
            | Failure::Absent(error)
            | Failure::Redirected(error)
            | Failure::Unsure { error, .. }
            | Failure::Away { error, .. } => error,
        }
    }
}

impl From<Failure> for DeliveryResult {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(error) | Failure::Redirected(error) => Self::Refused(error),
            Failure::Absent(error) => Self::Absent(error),
            // The service is there; it fails for this one.
            Failure::Unsure { error, .. } if error.code == Code::CloudUnavailable => {
                Self::Unsure(Error { code: Code::CloudRefused, ..error })
            }
            Failure::Unsure { error, .. } => Self::Unsure(error),
            Failure::Away { error, sent } => Self::Postponed { error, sent },
        }
    }
}

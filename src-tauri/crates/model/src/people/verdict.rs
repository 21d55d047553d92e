//! What a directory says to a name and password: the outcome, and how long an accepted password lasts.

use crate::SignInOutcome;
use serde::{Deserialize, Serialize};

/// Answer of a directory to a person's bind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BindVerdict {
    /// How it ended.
    pub outcome: SignInOutcome,
    /// What the server says of a password that it accepted.
    pub notice: Option<PasswordNotice>,
}

impl From<SignInOutcome> for BindVerdict {
    fn from(outcome: SignInOutcome) -> Self {
        Self { outcome, notice: None }
    }
}

/// How long an accepted password lasts (draft-behera-ldap-password-policy-10, 6.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum PasswordNotice {
    /// It has expired; the directory accepts it so many times more.
    GraceLeft(u32),
    /// It expires in so many seconds.
    ExpiresInSeconds(u32),
}

impl PasswordNotice {
    /// How often an expired password is accepted still; `None` where it has not expired.
    pub fn grace_left(self) -> Option<u32> {
        match self {
            Self::GraceLeft(left) => Some(left),
            Self::ExpiresInSeconds(_) => None,
        }
    }
}

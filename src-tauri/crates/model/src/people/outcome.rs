//! How a sign-in or an activation ended.

use serde::{Deserialize, Serialize};
use strum::EnumIter;

/// Outcome of a sign-in. Which of them the outside sees is decided by [`SignInOutcome::outside`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumIter)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum SignInOutcome {
    /// Name and password are right and the person may sign in.
    Ok,
    /// The password is wrong (or, where the server hides it, the name).
    WrongPassword,
    /// Nobody has that name.
    UnknownUser,
    /// The account is disabled in the directory.
    Disabled,
    /// The account is locked after wrong attempts.
    Locked,
    /// The account is past its expiry date.
    AccountExpired,
    /// The password is right but has expired.
    PasswordExpired,
    /// The password is right but must be changed first.
    MustChangePassword,
    /// Outside the logon hours.
    NotAllowedNow,
    /// Not from this workstation.
    NotAllowedHere,
    /// The person exists but no mapping covers them.
    NotInScope,
    /// No directory server answered in time.
    DirectoryUnavailable,
    /// Too many wrong attempts: not forwarded, so that the directory does not lock the account.
    Throttled,
    /// The request came too late or was seen before.
    ExpiredRequest,
}

impl SignInOutcome {
    /// The stable text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::WrongPassword => "wrong_password",
            Self::UnknownUser => "unknown_user",
            Self::Disabled => "disabled",
            Self::Locked => "locked",
            Self::AccountExpired => "account_expired",
            Self::PasswordExpired => "password_expired",
            Self::MustChangePassword => "must_change_password",
            Self::NotAllowedNow => "not_allowed_now",
            Self::NotAllowedHere => "not_allowed_here",
            Self::NotInScope => "not_in_scope",
            Self::DirectoryUnavailable => "directory_unavailable",
            Self::Throttled => "throttled",
            Self::ExpiredRequest => "expired_request",
        }
    }

    /// What the person at the sign-in page may know: `ok`, what they can act on, or `not_ok`.
    pub fn outside(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Locked => "locked",
            Self::PasswordExpired => "password_expired",
            Self::MustChangePassword => "must_change_password",
            Self::DirectoryUnavailable => "directory_unavailable",
            Self::Throttled => "throttled",
            Self::ExpiredRequest => "expired_request",
            _ => Self::NOT_OK,
        }
    }

    /// Whether the person at the sign-in page learns no more than that it is not right. All of these look alike, and take
    /// the same time.
    pub fn is_plain_refusal(self) -> bool {
        self.outside() == Self::NOT_OK
    }

    const NOT_OK: &str = "not_ok";
}

/// Outcome of an activation (mass deployment).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumIter)]
#[serde(rename_all = "snake_case")]
pub enum ActivationOutcome {
    /// The person was known to the cloud; the device is active.
    Activated,
    /// The person was created first; the device is active.
    CreatedAndActivated,
    /// The token is past its expiry or was ended.
    TokenExpired,
    /// There is no such token.
    TokenUnknown,
    /// Nobody in the directory has that name.
    UserNotFound,
    /// The person is disabled in the directory.
    UserDisabled,
    /// The person has no e-mail address.
    UserHasNoEmail,
    /// The person exists but no mapping for mass deployment covers them.
    NotInScope,
    /// No connector answered in time.
    ConnectorUnavailable,
}

//! Failures of the LDAP library and result codes of servers (RFC 4511, A.1) in our words; what a bind means, by its result
//! code, the controls beside it, and AD's codes in the diagnostic message. A server's sentences say nothing.

use crate::password_policy::{self, PasswordState};
use connector_model::{BindVerdict, Code, Error, PasswordNotice, SignInOutcome};
use ldap3::{LdapError, LdapResult};

/// A failure below the protocol's results.
pub(crate) fn from_library(error: &LdapError) -> Error {
    match error {
        LdapError::Timeout { .. } => Error::of(Code::Timeout),
        LdapError::FilterParsing => Error::of(Code::InvalidFilter),
        LdapError::Io { .. }
        | LdapError::EndOfStream
        | LdapError::OpSend { .. }
        | LdapError::ResultRecv { .. }
        | LdapError::IdScrubSend { .. }
        | LdapError::MiscSend { .. } => Error::of(Code::ConnectionLost),
        other => Error::new(Code::ProtocolViolation, format!("The LDAP exchange failed: {other}.")),
    }
}

/// The error of a result code that is not success; `what` names the operation's target for people.
pub(crate) fn from_result(result: &LdapResult, what: &str) -> Error {
    let code = match result.rc {
        3 | 4 | 11 => Code::IncompleteRead,
        8 | 13 => Code::TlsRequired,
        32 | 34 => Code::BaseNotFound,
        // AD and Samba answer operationsError to a search without a bind, with a Win32 code in front.
        1 if ["000004DC", "00002020"].iter().any(|code| result.text.starts_with(code)) => {
            Code::NoReadRights
        }
        50 => Code::NoReadRights,
        49 => return credentials_error(result),
        51 | 52 => Code::DirectoryBusy,
        18 | 87 => Code::InvalidFilter,
        _ => Code::DirectoryRefused,
    };
    let name = result_name(result.rc);
    let text = clean(&result.text);
    let detail = if text.is_empty() { name.to_owned() } else { format!("{name}: {text}") };
    Error::new(code, format!("{what}: the directory answered {detail} (result {}).", result.rc))
}

/// The outcome of a person's bind. `Err` where the result says nothing about the person.
pub(crate) fn verdict(result: &LdapResult) -> Result<BindVerdict, Error> {
    let (state, notice) = password_policy::read(result);
    let outcome = match (result.rc, state) {
        (0, None) => return Ok(BindVerdict { outcome: SignInOutcome::Ok, notice }),
        (49, None) => ad_outcome(result).unwrap_or(SignInOutcome::WrongPassword),
        // noSuchObject: the entry went away between search and bind.
        (32, _) => SignInOutcome::UnknownUser,
        // 389 Directory Server: an account that is inactivated counts as locked, and the server is unwilling to try it.
        (53, Some(PasswordState::Locked)) => SignInOutcome::Disabled,
        (0 | 19 | 49 | 53, Some(state)) => match state {
            PasswordState::Expired => SignInOutcome::PasswordExpired,
            PasswordState::Locked => SignInOutcome::Locked,
            PasswordState::MustChange => SignInOutcome::MustChangePassword,
        },
        // 389 Directory Server: too many wrong passwords, by this one or before.
        (19, None) => SignInOutcome::Locked,
        // The entry has no password at all, or may not bind.
        (48 | 53, _) => SignInOutcome::WrongPassword,
        _ => return Err(from_result(result, "Sign-in")),
    };
    Ok(outcome.into())
}

/// The same for the account that reads the directory. A password that must be changed first reads nothing.
pub(crate) fn reader_bound(result: &LdapResult) -> Result<Option<PasswordNotice>, Error> {
    let (state, notice) = password_policy::read(result);
    match (result.rc, state) {
        (0, None) => Ok(notice),
        (_, Some(PasswordState::Expired | PasswordState::MustChange)) => {
            Err(Error::of(Code::CredentialsExpired))
        }
        (_, Some(PasswordState::Locked)) | (19, None) => Err(Error::of(Code::AccountLocked)),
        (32 | 34 | 48 | 49, None) => Err(credentials_error(result)),
        _ => Err(from_result(result, "Bind")),
    }
}

fn credentials_error(result: &LdapResult) -> Error {
    match ad_outcome(result) {
        Some(SignInOutcome::PasswordExpired | SignInOutcome::MustChangePassword) => {
            Error::of(Code::CredentialsExpired)
        }
        Some(SignInOutcome::Disabled | SignInOutcome::Locked | SignInOutcome::AccountExpired) => {
            Error::of(Code::AccountLocked)
        }
        _ => Error::of(Code::WrongCredentials).at("bind_name"),
    }
}

/// By the hexadecimal digits after `data` in AD's diagnostic message (MS-ADTS 5.1.1.1.1; Win32 error codes).
fn ad_outcome(result: &LdapResult) -> Option<SignInOutcome> {
    let text = result.text.to_ascii_lowercase();
    let rest = text.split(", data ").nth(1)?;
    let end = rest.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(rest.len());
    Some(match &rest[..end] {
        "525" => SignInOutcome::UnknownUser,
        "530" => SignInOutcome::NotAllowedNow,
        "531" => SignInOutcome::NotAllowedHere,
        "532" => SignInOutcome::PasswordExpired,
        "533" => SignInOutcome::Disabled,
        "701" => SignInOutcome::AccountExpired,
        "773" => SignInOutcome::MustChangePassword,
        "775" => SignInOutcome::Locked,
        _ => return None,
    })
}

/// Server text without control characters, cut to a readable length.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .take(300)
        .collect::<String>()
        .trim()
        .trim_end_matches('.')
        .to_owned()
}

fn result_name(rc: u32) -> &'static str {
    match rc {
        1 => "operationsError",
        2 => "protocolError",
        3 => "timeLimitExceeded",
        4 => "sizeLimitExceeded",
        7 => "authMethodNotSupported",
        8 => "strongerAuthRequired",
        10 => "referral",
        11 => "adminLimitExceeded",
        12 => "unavailableCriticalExtension",
        13 => "confidentialityRequired",
        16 => "noSuchAttribute",
        18 => "inappropriateMatching",
        19 => "constraintViolation",
        32 => "noSuchObject",
        34 => "invalidDNSyntax",
        48 => "inappropriateAuthentication",
        49 => "invalidCredentials",
        50 => "insufficientAccessRights",
        51 => "busy",
        52 => "unavailable",
        53 => "unwillingToPerform",
        80 => "other",
        _ => "an error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ldap3::controls::{Control, RawControl};

    fn result(rc: u32, text: &str) -> LdapResult {
        LdapResult {
            rc,
            matched: String::new(),
            text: text.to_owned(),
            refs: vec![],
            ctrls: vec![],
        }
    }

    fn outcome(rc: u32, text: &str, controls: &[(&str, &[u8])]) -> SignInOutcome {
        let raw = |(oid, value): &(&str, &[u8])| {
            let (ctype, val) = ((*oid).to_owned(), Some(value.to_vec()));
            Control(None, RawControl { ctype, crit: false, val })
        };
        let ctrls = controls.iter().map(raw).collect();
        verdict(&LdapResult { ctrls, ..result(rc, text) }).unwrap().outcome
    }

    #[test]
    fn every_ad_code_has_its_outcome() {
        for (data, expected) in [
            ("525", SignInOutcome::UnknownUser),
            ("52e", SignInOutcome::WrongPassword),
            ("530", SignInOutcome::NotAllowedNow),
            ("531", SignInOutcome::NotAllowedHere),
            ("532", SignInOutcome::PasswordExpired),
            ("533", SignInOutcome::Disabled),
            ("701", SignInOutcome::AccountExpired),
            ("773", SignInOutcome::MustChangePassword),
            ("775", SignInOutcome::Locked),
        ] {
            let text = format!(
                "80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data {data}, v1db1\0"
            );
            assert_eq!(outcome(49, &text, &[]), expected);
        }
        assert_eq!(verdict(&result(51, "busy")).unwrap_err().code, Code::DirectoryBusy);
    }

    #[test]
    fn controls_and_codes_decide_and_no_sentence() {
        const POLICY: &str = "1.3.6.1.4.1.42.2.27.8.5.1";
        let expired = (POLICY, &b"\x30\x03\x81\x01\x00"[..]);
        let locked = (POLICY, &b"\x30\x03\x81\x01\x01"[..]);
        let reset = (POLICY, &b"\x30\x03\x81\x01\x02"[..]);
        let of_389 = ("2.16.840.1.113730.3.4.4", &b"0"[..]);
        for (rc, control, expected) in [
            (0, Some(reset), SignInOutcome::MustChangePassword),
            (0, Some(of_389), SignInOutcome::MustChangePassword),
            (49, Some(expired), SignInOutcome::PasswordExpired),
            (49, Some(of_389), SignInOutcome::PasswordExpired),
            (49, Some(locked), SignInOutcome::Locked),
            (19, Some(locked), SignInOutcome::Locked),
            (19, None, SignInOutcome::Locked),
            (53, Some(locked), SignInOutcome::Disabled),
            (49, None, SignInOutcome::WrongPassword),
            (53, None, SignInOutcome::WrongPassword),
        ] {
            let controls: Vec<_> = control.into_iter().collect();
            for text in ["", "password expired!", "Account locked", "Exceed password retry limit."]
            {
                assert_eq!(outcome(rc, text, &controls), expected, "{rc} {control:x?} {text}");
            }
        }
    }
}

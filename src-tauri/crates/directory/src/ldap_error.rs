//! Failures of the LDAP library and result codes of servers (RFC 4511, A.1) in our words; what a refused bind means, by
//! AD's `data XXX` in result 49 and the hints of other servers.

use connector_model::{Code, Error, SignInOutcome};
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
        // AD and Samba answer operationsError to a search without a bind.
        1 if result.text.contains("000004DC") || result.text.contains("authentication") => {
            Code::NoReadRights
        }
        50 => Code::NoReadRights,
        49 => return credentials_error(&result.text),
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
pub(crate) fn sign_in_outcome(result: &LdapResult) -> Result<SignInOutcome, Error> {
    let text = result.text.to_ascii_lowercase();
    Ok(match result.rc {
        0 => SignInOutcome::Ok,
        49 => match ad_data(&text) {
            Some("525") => SignInOutcome::UnknownUser,
            Some("530") => SignInOutcome::NotAllowedNow,
            Some("531") => SignInOutcome::NotAllowedHere,
            Some("532") => SignInOutcome::PasswordExpired,
            Some("533") => SignInOutcome::Disabled,
            Some("701") => SignInOutcome::AccountExpired,
            Some("773") => SignInOutcome::MustChangePassword,
            Some("775") => SignInOutcome::Locked,
            _ if text.contains("password expired") || text.contains("password has expired") => {
                SignInOutcome::PasswordExpired
            }
            _ if text.contains("account locked") => SignInOutcome::Locked,
            _ => SignInOutcome::WrongPassword,
        },
        // noSuchObject: the entry went away between search and bind.
        32 => SignInOutcome::UnknownUser,
        // 389-ds: "Exceed password retry limit. Please try later."
        19 if text.contains("retry limit") => SignInOutcome::Locked,
        // 389-ds: "Account inactivated. Contact system administrator."
        53 if text.contains("inactivated") || text.contains("disabled") => SignInOutcome::Disabled,
        53 if text.contains("must be changed") || text.contains("must change") => {
            SignInOutcome::MustChangePassword
        }
        // The entry has no password at all, or may not bind.
        48 | 53 => SignInOutcome::WrongPassword,
        _ => return Err(from_result(result, "Sign-in")),
    })
}

/// The same for the account that reads the directory.
pub(crate) fn reader_bound(result: &LdapResult) -> Result<(), Error> {
    match result.rc {
        0 => Ok(()),
        32 | 34 | 48 | 49 => Err(credentials_error(&result.text)),
        _ => Err(from_result(result, "Bind")),
    }
}

fn credentials_error(text: &str) -> Error {
    match ad_data(&text.to_ascii_lowercase()) {
        Some("532" | "773") => Error::of(Code::CredentialsExpired),
        Some("533" | "775" | "701") => Error::of(Code::AccountLocked),
        _ => Error::of(Code::WrongCredentials).at("bind_name"),
    }
}

/// The three hexadecimal digits after `data` (MS-ADTS 5.1.1.1.1; Win32 error codes).
fn ad_data(text: &str) -> Option<&str> {
    let rest = text.split("data ").nth(1)?;
    let end = rest.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
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

    fn result(rc: u32, text: &str) -> LdapResult {
        LdapResult {
            rc,
            matched: String::new(),
            text: text.to_owned(),
            refs: vec![],
            ctrls: vec![],
        }
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
            assert_eq!(sign_in_outcome(&result(49, &text)).unwrap(), expected);
        }
        assert_eq!(sign_in_outcome(&result(49, "")).unwrap(), SignInOutcome::WrongPassword);
        assert_eq!(
            sign_in_outcome(&result(53, "Account inactivated. Contact system administrator."))
                .unwrap(),
            SignInOutcome::Disabled
        );
        assert_eq!(sign_in_outcome(&result(51, "busy")).unwrap_err().code, Code::DirectoryBusy);
    }
}

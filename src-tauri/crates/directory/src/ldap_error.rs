//! Failures of the LDAP library and result codes of servers (RFC 4511, A.1) in our words.

use connector_model::{Code, Error};
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
        49 => return crate::bind_error::credentials_error(&result.text),
        51 | 52 => Code::DirectoryBusy,
        18 | 87 => Code::InvalidFilter,
        _ => Code::DirectoryRefused,
    };
    let name = result_name(result.rc);
    let text = clean(&result.text);
    let detail = if text.is_empty() { name.to_owned() } else { format!("{name}: {text}") };
    Error::new(code, format!("{what}: the directory answered {detail} (result {}).", result.rc))
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

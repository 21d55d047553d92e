//! What the cloud says when it refuses: problem details (RFC 9457) and SCIM errors (RFC 7644, 3.12).

pub(crate) use crate::shown::shown;
use crate::transport::http::Reply;
use connector_model::{Code, Error};
use hyper::StatusCode;
use serde::Deserialize;

#[derive(Deserialize, Default)]
struct Problem {
    code: Option<String>,
    detail: Option<String>,
    title: Option<String>,
}

/// The error that an answer stands for. `code` of the body wins where the protocol knows it, else the status decides.
pub(crate) fn to_error(reply: &Reply) -> Error {
    let problem: Problem = serde_json::from_slice(&reply.body).unwrap_or_default();
    let code = problem.code.as_deref().and_then(known).unwrap_or_else(|| by_status(reply.status));
    let status = reply.status.as_u16();
    match problem.detail.or(problem.title).map(|t| shown(&t)).filter(|t| !t.is_empty()) {
        Some(text) if code == Code::CloudRefused => {
            Error::new(code, format!("The cloud refused ({status}): {text}"))
        }
        Some(text) => Error::new(code, text),
        None if code == Code::CloudRefused => {
            Error::new(code, format!("The cloud refused with status {status}."))
        }
        None => Error::of(code),
    }
}

/// What an answer says in words, if anything.
pub(crate) fn words(reply: &Reply) -> Option<String> {
    let problem: Problem = serde_json::from_slice(&reply.body).unwrap_or_default();
    problem.detail.or(problem.title).map(|text| shown(&text)).filter(|text| !text.is_empty())
}

/// The code that a status stands for where the body says nothing better.
pub(crate) fn by_status(status: StatusCode) -> Code {
    match status {
        StatusCode::UNAUTHORIZED => Code::Revoked,
        StatusCode::TOO_MANY_REQUESTS => Code::CloudThrottled,
        StatusCode::PAYLOAD_TOO_LARGE => Code::MessageTooLarge,
        s if s.is_server_error() => Code::CloudUnavailable,
        _ => Code::CloudRefused,
    }
}

/// Codes that the cloud may use towards a connector.
pub(crate) fn known(code: &str) -> Option<Code> {
    const KNOWN: &[Code] = &[
        Code::RegistrationKeyUnknown,
        Code::RegistrationKeyUsed,
        Code::RegistrationKeyExpired,
        Code::Revoked,
        Code::ClockSkew,
        Code::CloudRefused,
        Code::CloudThrottled,
        Code::CloudUnavailable,
        Code::ImportElsewhere,
    ];
    // A signature that the cloud does not accept means that it holds other keys: this identity is over.
    if code == "invalid_signature" {
        Some(Code::Revoked)
    } else {
        KNOWN.iter().copied().find(|c| c.as_str() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, body: &str) -> Reply {
        Reply {
            status: StatusCode::from_u16(status).unwrap(),
            headers: hyper::HeaderMap::default(),
            body: body.to_owned().into(),
        }
    }

    #[test]
    fn the_code_of_the_body_wins() {
        let error =
            to_error(&reply(403, r#"{"code":"registration_key_used","detail":"Used\u001b[31m."}"#));
        assert_eq!((error.code, error.message.as_str()), (Code::RegistrationKeyUsed, "Used [31m."));
    }

    #[test]
    fn without_a_code_the_status_decides() {
        for (status, code) in [
            (401, Code::Revoked),
            (403, Code::CloudRefused),
            (404, Code::CloudRefused),
            (413, Code::MessageTooLarge),
            (429, Code::CloudThrottled),
            (503, Code::CloudUnavailable),
        ] {
            assert_eq!(to_error(&reply(status, "<html>")).code, code);
            assert_eq!(
                to_error(&reply(status, r#"{"code":"internal"}"#)).code,
                code,
                "not a code for others"
            );
        }
    }
}

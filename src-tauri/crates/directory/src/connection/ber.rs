//! Lengths of LDAP messages and their elements (RFC 4511, 5.1: BER, definite form only), read before anything is decoded.

use connector_model::{Code, Error};

/// Whole length of the message at the start of `bytes`; `None` while more is needed.
pub(crate) fn message_length(bytes: &[u8], max: usize) -> Result<Option<usize>, Error> {
    match bytes.first() {
        None => return Ok(None),
        Some(0x30) => {}
        Some(_) => return Err(violation("what it sent is not an LDAP message")),
    }
    match header(bytes)? {
        Some((_, length)) if length > max => Err(Error::new(
            Code::MessageTooLarge,
            format!("The server announced a message of {length} bytes; {max} is the limit."),
        )),
        Some((content, length)) if bytes.len() >= content + length => Ok(Some(content + length)),
        _ => Ok(None),
    }
}

/// Length of tag and length octets, and the announced content length. Definite form only (RFC 4511, 5.1).
pub(crate) fn header(bytes: &[u8]) -> Result<Option<(usize, usize)>, Error> {
    if bytes.first().is_some_and(|tag| tag & 0x1f == 0x1f) {
        return Err(violation("it used a tag that LDAP does not have"));
    }
    let Some(&first) = bytes.get(1) else { return Ok(None) };
    if first < 0x80 {
        return Ok(Some((2, usize::from(first))));
    }
    let count = usize::from(first & 0x7f);
    if count == 0 || count > 8 {
        return Err(violation("a length has a form that LDAP does not allow"));
    }
    let Some(octets) = bytes.get(2..2 + count) else { return Ok(None) };
    let length =
        octets.iter().try_fold(0usize, |sum, &b| sum.checked_mul(256)?.checked_add(usize::from(b)));
    match length.filter(|l| *l < usize::MAX / 4) {
        Some(length) => Ok(Some((2 + count, length))),
        None => Err(Error::new(
            Code::MessageTooLarge,
            "The server announced a message of impossible length.",
        )),
    }
}

pub(crate) fn violation(what: &str) -> Error {
    Error::new(
        Code::ProtocolViolation,
        format!("The server does not follow the LDAP protocol: {what}."),
    )
}

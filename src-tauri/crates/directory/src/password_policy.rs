//! What a server says of a password beside the result of a bind: the password policy control
//! (draft-behera-ldap-password-policy-10, 6), and the two controls that 389 Directory Server and its relatives send
//! without being asked.

use connector_model::PasswordNotice;
use ldap3::LdapResult;
use ldap3::controls::{Control, RawControl};

/// The password policy control, of the request and of the response.
pub(crate) const OID: &str = "1.3.6.1.4.1.42.2.27.8.5.1";
/// The password has expired, or must be changed now.
const EXPIRED: &str = "2.16.840.1.113730.3.4.4";
/// The password expires in so many seconds, as digits.
const EXPIRING: &str = "2.16.840.1.113730.3.4.5";

/// Why a password is refused, or accepted for its change only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PasswordState {
    Expired,
    Locked,
    MustChange,
}

/// Asks for the control; a server that does not know it answers without.
pub(crate) fn request() -> RawControl {
    RawControl { ctype: OID.to_owned(), crit: false, val: None }
}

/// What the answer to a bind says of the password.
pub(crate) fn read(result: &LdapResult) -> (Option<PasswordState>, Option<PasswordNotice>) {
    let value = |oid: &str| {
        let mut controls = result.ctrls.iter().map(|Control(_, raw)| raw);
        controls.find(|raw| raw.ctype == oid).map(|raw| raw.val.as_deref().unwrap_or_default())
    };
    let (state, notice) = value(OID).and_then(response).unwrap_or_default();
    if state.is_some() || notice.and_then(PasswordNotice::grace_left).is_some() {
        return (state, notice);
    }
    // With success: accepted for its change only (389 Directory Server, passwordMustChange).
    let accepted = result.rc == 0;
    let state = value(EXPIRED)
        .map(|_| if accepted { PasswordState::MustChange } else { PasswordState::Expired });
    let expiring = || std::str::from_utf8(value(EXPIRING)?).ok()?.trim().parse().ok();
    (state, notice.or_else(|| expiring().map(PasswordNotice::ExpiresInSeconds)))
}

/// `SEQUENCE { warning [0] CHOICE { [0] INTEGER, [1] INTEGER } OPTIONAL, error [1] ENUMERATED OPTIONAL }`; `None` where
/// the value is anything else.
fn response(value: &[u8]) -> Option<(Option<PasswordState>, Option<PasswordNotice>)> {
    let (0x30, mut rest, []) = element(value)? else { return None };
    let (mut state, mut notice) = (None, None);
    while !rest.is_empty() {
        let (tag, content, after) = element(rest)?;
        rest = after;
        match tag {
            0xa0 => {
                let (choice, number, _) = element(content)?;
                notice = match choice {
                    0x80 => Some(PasswordNotice::ExpiresInSeconds(integer(number)?)),
                    0x81 => Some(PasswordNotice::GraceLeft(integer(number)?)),
                    _ => None,
                };
            }
            0x81 => {
                state = match integer(content)? {
                    0 => Some(PasswordState::Expired),
                    1 => Some(PasswordState::Locked),
                    2 => Some(PasswordState::MustChange),
                    // The others are about a change of the password.
                    _ => None,
                }
            }
            _ => {}
        }
    }
    Some((state, notice))
}

/// Tag, content, and what follows; of definite length (RFC 4511, 5.1).
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        0x81..=0x84 => {
            let (octets, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (usize::try_from(integer(octets)?).ok()?, rest)
        }
        _ => return None,
    };
    let (content, after) = rest.split_at_checked(length)?;
    Some((tag, content, after))
}

/// A number that is not negative, however many zeros stand before it.
fn integer(bytes: &[u8]) -> Option<u32> {
    let add = |sum: u32, byte: &u8| sum.checked_mul(256)?.checked_add(u32::from(*byte));
    bytes.iter().try_fold(0, add).filter(|_| !bytes.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn result(rc: u32, controls: &[(&str, &[u8])]) -> LdapResult {
        let raw = |(oid, value): &(&str, &[u8])| {
            Control(
                None,
                RawControl { ctype: (*oid).to_owned(), crit: false, val: Some(value.to_vec()) },
            )
        };
        let (matched, text) = (String::new(), String::new());
        LdapResult { rc, matched, text, refs: vec![], ctrls: controls.iter().map(raw).collect() }
    }

    #[test]
    fn every_response_is_read_and_nothing_else() {
        use PasswordNotice::{ExpiresInSeconds, GraceLeft};
        use PasswordState::{Expired, Locked, MustChange};
        for (value, state, notice) in [
            (&b"\x30\x00"[..], None, None),
            (b"\x30\x03\x81\x01\x00", Some(Expired), None),
            (b"\x30\x03\x81\x01\x01", Some(Locked), None),
            (b"\x30\x03\x81\x01\x02", Some(MustChange), None),
            (b"\x30\x03\x81\x01\x08", None, None),
            (b"\x30\x05\xa0\x03\x81\x01\x03", None, Some(GraceLeft(3))),
            (b"\x30\x05\xa0\x03\x81\x01\x00", None, Some(GraceLeft(0))),
            (b"\x30\x81\x07\xa0\x05\x80\x03\x01\x51\x80", None, Some(ExpiresInSeconds(86400))),
            (b"\x30\x08\xa0\x03\x81\x01\x02\x81\x01\x02", Some(MustChange), Some(GraceLeft(2))),
            // None of these is a response.
            (b"", None, None),
            (b"\x30\x03\x81\x05\x00", None, None),
            (b"\x30\x04\xa0\x02\x81\x00", None, None),
            (b"\x30\x80\x00\x00", None, None),
            (b"\x30\x85\x00\x00\x00\x00\x00", None, None),
            (b"\x30\x08\xa0\x06\x80\x04\xff\xff\xff", None, None),
            (b"\x30\x00\x00", None, None),
        ] {
            assert_eq!(read(&result(0, &[(OID, value)])), (state, notice), "{value:x?}");
        }
    }

    #[test]
    fn what_389_sends_by_itself_counts_where_the_policy_says_nothing() {
        use PasswordNotice::{ExpiresInSeconds, GraceLeft};
        let expired = (EXPIRED, &b"0"[..]);
        let grace = (OID, &b"\x30\x05\xa0\x03\x81\x01\x02"[..]);
        assert_eq!(read(&result(0, &[expired])), (Some(PasswordState::MustChange), None));
        assert_eq!(read(&result(49, &[expired])), (Some(PasswordState::Expired), None));
        assert_eq!(read(&result(0, &[expired, grace])), (None, Some(GraceLeft(2))));
        let soon = (EXPIRING, &b"3600"[..]);
        assert_eq!(read(&result(0, &[soon])), (None, Some(ExpiresInSeconds(3600))));
        assert_eq!(read(&result(0, &[(EXPIRING, b"soon")])), (None, None));
    }
}

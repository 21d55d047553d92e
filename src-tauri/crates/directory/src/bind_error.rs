//! What a refused bind means: AD's `data XXX` in result 49, and the hints of other servers.

use connector_model::{Code, Error, SignInOutcome};
use ldap3::LdapResult;

/// The outcome of a person's bind. `Err` where the result says nothing about the person.
pub(crate) fn outcome(result: &LdapResult) -> Result<SignInOutcome, Error> {
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
        _ => return Err(crate::ldap_error::from_result(result, "Sign-in")),
    })
}

/// The same for the account that reads the directory.
pub(crate) fn credentials_error(text: &str) -> Error {
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
            assert_eq!(outcome(&result(49, &text)).unwrap(), expected);
        }
        assert_eq!(outcome(&result(49, "")).unwrap(), SignInOutcome::WrongPassword);
        assert_eq!(
            outcome(&result(53, "Account inactivated. Contact system administrator.")).unwrap(),
            SignInOutcome::Disabled
        );
        assert_eq!(outcome(&result(51, "busy")).unwrap_err().code, Code::DirectoryBusy);
    }
}

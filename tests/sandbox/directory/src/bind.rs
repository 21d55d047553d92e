//! Whether a name and password are right, as each face would say it.

use super::Face;
use super::tree::{Entry, Tree};
use std::collections::HashMap;
use std::sync::Mutex;

/// Wrong attempts after which AD locks an account.
const LOCKOUT_THRESHOLD: u32 = 5;

/// Answer to a bind.
pub(super) struct BindResponse {
    pub code: u32,
    pub text: String,
    /// The DN that is bound now; empty for anonymous.
    pub bound: String,
}

#[derive(Default)]
pub(super) struct Lockouts {
    wrong: Mutex<HashMap<String, u32>>,
}

pub(super) fn bind(
    face: Face,
    tree: &Tree,
    lockouts: &Lockouts,
    (name, password): (&str, &[u8]),
    is_tls: bool,
) -> BindResponse {
    if name.is_empty() {
        return if password.is_empty() { success("") } else { refuse(face, "52e") };
    }
    match face {
        Face::OpenLdap if password.is_empty() => {
            BindResponse { code: 53, text: "unauthenticated bind (DN with no password) disallowed".into(), bound: String::new() }
        }
        // AD calls it an unauthenticated bind and answers success (RFC 4513, 5.1.2).
        Face::ActiveDirectory if password.is_empty() => success(""),
        Face::ActiveDirectory if !is_tls => BindResponse {
            code: 8,
            text: "00002028: LdapErr: DSID-0C0903A6, comment: The server requires binds to turn on integrity checking if SSL\\TLS are not already active on the connection, data 0, v4563".into(),
            bound: String::new(),
        },
        Face::OpenLdap => match tree.get(name).filter(|e| password_fits(e, password)) {
            Some(entry) => success(&entry.dn),
            None => BindResponse { code: 49, text: String::new(), bound: String::new() },
        },
        Face::ActiveDirectory => windows(tree, lockouts, name, password),
    }
}

fn windows(tree: &Tree, lockouts: &Lockouts, name: &str, password: &[u8]) -> BindResponse {
    let face = Face::ActiveDirectory;
    let Some(entry) = named(tree, name) else { return refuse(face, "525") };
    let Some(account) = &entry.account else { return refuse(face, "52e") };
    let Ok(mut wrong) = lockouts.wrong.lock() else { return refuse(face, "52e") };
    let attempts = wrong.entry(entry.key.clone()).or_default();
    if *attempts >= LOCKOUT_THRESHOLD {
        return refuse(face, "775");
    }
    if !password_fits(entry, password) {
        *attempts += 1;
        return refuse(face, "52e");
    }
    *attempts = 0;
    match account.refuses {
        Some(data) => refuse(face, data),
        None => success(&entry.dn),
    }
}

/// By DN, UPN, `DOMAIN\user`, or `user@domain` of the domain itself.
fn named<'a>(tree: &'a Tree, name: &str) -> Option<&'a Entry> {
    let only =
        |attribute: &str, value: &str| tree.having(attribute, value.as_bytes())?.into_iter().next();
    if let Some((domain, user)) = name.split_once('\\') {
        return if domain.eq_ignore_ascii_case("CORP") {
            only("sAMAccountName", user)
        } else {
            None
        };
    }
    if name.contains('=') {
        return tree.get(name);
    }
    only("userPrincipalName", name).or_else(|| {
        let (user, domain) = name.split_once('@')?;
        let ours = ["corp", "corp.example.com"].iter().any(|d| domain.eq_ignore_ascii_case(d));
        if ours { only("sAMAccountName", user) } else { None }
    })
}

fn password_fits(entry: &Entry, password: &[u8]) -> bool {
    entry.account.as_ref().is_some_and(|account| {
        !account.password.is_empty() && account.password.as_bytes() == password
    })
}

fn success(dn: &str) -> BindResponse {
    BindResponse { code: 0, text: String::new(), bound: dn.to_owned() }
}

fn refuse(face: Face, data: &str) -> BindResponse {
    let text = match face {
        Face::OpenLdap => String::new(),
        Face::ActiveDirectory => {
            format!(
                "80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data {data}, v4563\0"
            )
        }
    };
    BindResponse { code: 49, text, bound: String::new() }
}

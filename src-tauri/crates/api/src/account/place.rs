//! The servers that a bind password is for: it goes to no other.

use connector_model::{Account, HostPort, Security};
use serde_json::json;
use sha2::{Digest, Sha256};

/// A short text of where an account's password goes, by whom and how protected. It is kept beside the password, and one that
/// was entered for another place is not sent.
pub(crate) fn mark(account: &Account) -> String {
    let place = json!([
        servers(account),
        account.domain.as_deref().map(str::to_lowercase),
        account.security,
        authority(account),
        account.bind_name,
    ]);
    Sha256::digest(place.to_string()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a password for one account may go to the other: none of its servers is new, nothing else is trusted, and the
/// connection is protected no less.
pub(crate) fn covers(kept: &Account, wanted: &Account) -> bool {
    let known = servers(kept);
    let domain = |account: &Account| account.domain.as_deref().map(str::to_lowercase);
    let found_by_dns = |account: &Account| account.servers.is_empty();
    servers(wanted).iter().all(|server| known.contains(server))
        && found_by_dns(kept) == found_by_dns(wanted)
        && domain(kept) == domain(wanted)
        && authority(kept) == authority(wanted)
        && kept.bind_name == wanted.bind_name
        && strength(kept.security) <= strength(wanted.security)
}

/// Host and port as they are connected to.
fn servers(account: &Account) -> Vec<String> {
    let text = |server: &HostPort| {
        let port = server.port.unwrap_or(account.security.default_port());
        format!("{} {port}", server.host.to_lowercase())
    };
    account.servers.iter().map(text).collect()
}

/// The certificates that are trusted besides the system's.
fn authority(account: &Account) -> Option<Vec<String>> {
    let pem = account.ca_pem.as_deref()?;
    let mut trusted = match connector_tls::parse_certificates(pem) {
        Ok(certificates) => certificates.into_iter().map(|one| one.sha256).collect(),
        Err(_) => vec![pem.to_owned()],
    };
    trusted.sort();
    Some(trusted)
}

fn strength(security: Security) -> u8 {
    match security {
        Security::Plain => 0,
        Security::StartTls | Security::Ldaps => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use connector_model::BindName;

    fn account() -> Account {
        let text = r#"{"name":"corp","servers":["dc1.x:389","dc2.x"],"domain":"x","security":"starttls","bind_name":"svc"}"#;
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_password_goes_to_the_servers_it_was_entered_for() {
        let kept = account();
        let change = |change: fn(&mut Account)| {
            let mut wanted = account();
            change(&mut wanted);
            (covers(&kept, &wanted), mark(&kept) == mark(&wanted))
        };
        let nothing: [fn(&mut Account); 3] = [
            |a| a.name = "other".into(),
            |a| a.servers[0].host = "DC1.X".into(),
            |a| a.servers[1].port = Some(389),
        ];
        assert!(nothing.into_iter().all(|same| change(same) == (true, true)));
        assert_eq!(change(|a| a.servers.truncate(1)), (true, false));
        let elsewhere: [fn(&mut Account); 9] = [
            |a| a.servers[0].host = "evil.x".into(),
            |a| a.servers[0].port = Some(1389),
            |a| a.servers.push("evil.x".parse().unwrap()),
            |a| a.servers.clear(),
            |a| a.domain = Some("evil".into()),
            |a| a.domain = None,
            |a| a.ca_pem = Some("of somebody else".into()),
            |a| a.security = Security::Plain,
            |a| a.bind_name = BindName("other".into()),
        ];
        for (number, other) in elsewhere.into_iter().enumerate() {
            assert_eq!(change(other), (false, false), "{number}");
        }
        let mut plain = account();
        plain.security = Security::Plain;
        assert!(covers(&plain, &kept), "better protected, at the same port");
    }
}

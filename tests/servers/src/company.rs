//! Each server as a company that the journeys can run against.

use crate::{Ds389, SambaAd, Slapd, ldif, samba_people};
use journeys::Company;
use journeys::company::Refusal;

/// The Samba AD domain controller.
pub fn samba(server: &SambaAd) -> Company {
    let refused = samba_people::QUIRKS.iter().filter(|quirk| quirk.data.is_some()).map(|quirk| {
        let outside = match quirk.outcome {
            known @ ("locked" | "password_expired" | "must_change_password") => known,
            _ => "not_ok",
        };
        (quirk.user.to_owned(), quirk.password.to_owned(), quirk.outcome, outside)
    });
    Company {
        server: format!("{}:{}", server.host(), server.ldaps_port()),
        ca: server.ca_pem_path().to_owned(),
        bind_name: "svc@corp.example.com".to_owned(),
        bind_password: server.bind_password().to_owned(),
        base_dn: server.base_dn().to_owned(),
        unit: format!("OU=dept01,{}", samba_people::PEOPLE_DN),
        right: ("u0000001@corp.example.com".to_owned(), samba_people::PASSWORD.to_owned()),
        refused: refused.chain([nobody()]).collect(),
        lockable: Some(samba_people::LOCK_ME.to_owned()),
        groups: vec![
            (samba_people::group_dn("lvl1"), samba_people::CYCLE_PEOPLE as u64),
            (samba_people::group_dn("primaries"), samba_people::PRIMARY_PEOPLE as u64),
            (samba_people::group_dn("big"), samba_people::BIG_GROUP as u64),
        ],
    }
}

/// OpenLDAP with so many ordinary people and the odd ones.
pub fn slapd(server: &Slapd, people: usize) -> Company {
    Company {
        server: format!("127.0.0.1:{}", server.ldaps_port()),
        ca: server.ca_pem_path().to_owned(),
        bind_name: server.bind_dn().to_owned(),
        bind_password: server.bind_password().to_owned(),
        base_dn: server.base_dn().to_owned(),
        unit: format!("ou=people,{}", server.base_dn()),
        right: (ldif::person_uid(1), ldif::person_password(1)),
        refused: vec![nobody()],
        lockable: None,
        groups: groups(people),
    }
}

/// 389 Directory Server with so many ordinary people and the odd ones.
pub fn ds389(server: &Ds389, people: usize) -> Company {
    Company {
        server: format!("127.0.0.1:{}", server.ldaps_port()),
        ca: server.ca_pem_path().to_owned(),
        bind_name: server.bind_dn().to_owned(),
        bind_password: server.bind_password().to_owned(),
        base_dn: server.base_dn().to_owned(),
        unit: format!("ou=people,{}", server.base_dn()),
        right: (ldif::person_uid(1), ldif::person_password(1)),
        refused: vec![nobody()],
        lockable: None,
        groups: groups(people),
    }
}

fn groups(people: usize) -> Vec<(String, u64)> {
    vec![(ldif::group_dn("lvl1"), 3), (ldif::group_dn("big"), people.min(ldif::BIG_GROUP) as u64)]
}

fn nobody() -> Refusal {
    ("nobody-here".to_owned(), "x".to_owned(), "unknown_user", "not_ok")
}

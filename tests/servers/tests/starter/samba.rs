//! Samba starts, has the company in it, answers with the sub-codes of Active Directory, and leaves nothing behind.

use servers::samba_people::{self as domain, QUIRKS};
use servers::{SambaAd, ldapsearch, names};

fn find(samba: &SambaAd, url: &str, filter: &str, attributes: &[&str]) -> servers::Result<String> {
    let who = (samba.bind_dn(), samba.bind_password());
    ldapsearch((url, samba.ca_pem_path()), who, samba.base_dn(), filter, attributes)
}

fn count(text: &str) -> usize {
    text.lines().filter(|line| line.starts_with("dn:")).count()
}

fn sign_in(samba: &SambaAd, user: &str, password: &str) -> servers::Result<String> {
    let name = format!("{user}@corp.example.com");
    ldapsearch(
        (&samba.ldaps_url(), samba.ca_pem_path()),
        (&name, password),
        samba.base_dn(),
        "(cn=ok)",
        &["dn"],
    )
}

#[test]
fn it_serves_the_company_and_is_gone_afterwards() {
    let mut samba = SambaAd::start().unwrap();
    let folder = samba.log_path().parent().unwrap().to_owned();
    let url = samba.ldaps_url();
    assert_eq!(
        count(&find(&samba, &url, "(sAMAccountName=u0*)", &["cn"]).unwrap()),
        domain::PEOPLE
    );
    assert_eq!(
        count(&find(&samba, &samba.gc_url(), "(sAMAccountName=odd*)", &["cn"]).unwrap()),
        names::odd().len()
    );
    let members =
        |group: &str| format!("(&(objectClass=user)(memberOf={}))", domain::group_dn(group));
    assert_eq!(count(&find(&samba, &url, &members("big"), &["cn"]).unwrap()), domain::BIG_GROUP);
    assert_eq!(count(&find(&samba, &url, &members("primaries"), &["cn"]).unwrap()), 0);
    let nested = format!(
        "(&(objectClass=user)(memberOf:1.2.840.113556.1.4.1941:={}))",
        domain::group_dn("lvl1")
    );
    assert_eq!(count(&find(&samba, &url, &nested, &["cn"]).unwrap()), domain::CYCLE_PEOPLE);
    let token = find(&samba, &url, "(cn=primaries)", &["primaryGroupToken"]).unwrap();
    let token =
        token.split("primaryGroupToken: ").nth(1).unwrap().lines().next().unwrap().to_owned();
    let primaries = find(&samba, &url, &format!("(primaryGroupID={token})"), &["cn"]).unwrap();
    assert_eq!(count(&primaries), domain::PRIMARY_PEOPLE);

    for quirk in QUIRKS {
        let answer = sign_in(&samba, quirk.user, quirk.password).map_err(|e| e.to_string());
        match quirk.data {
            None => assert!(answer.is_ok(), "{}: {answer:?}", quirk.user),
            Some(code) => {
                let text = answer.unwrap_err();
                assert!(text.contains(&format!("data {code},")), "{}: {text}", quirk.user);
            }
        }
    }
    for _ in 0..3 {
        let text = sign_in(&samba, domain::LOCK_ME, "wrong").unwrap_err().to_string();
        assert!(text.contains("data 52e"), "{text}");
    }
    let text = sign_in(&samba, domain::LOCK_ME, domain::PASSWORD).unwrap_err().to_string();
    assert!(text.contains("data 775"), "{text}");
    for number in 0..names::odd().len() {
        sign_in(&samba, &format!("odd{number:02}"), domain::PASSWORD).unwrap();
    }

    samba.stop().unwrap();
    samba.restart().unwrap();
    sign_in(&samba, "ok", domain::PASSWORD).unwrap();
    let process = format!("/proc/{}", samba.id().unwrap());
    drop(samba);
    assert!(!folder.exists() && !std::path::Path::new(&process).exists());
}

#[test]
fn names_come_back_as_they_were_written() {
    use base64::Engine;
    let samba = SambaAd::start().unwrap();
    for (number, name) in names::odd().iter().enumerate() {
        let text = find(
            &samba,
            &samba.ldaps_url(),
            &format!("(sAMAccountName=odd{number:02})"),
            &["displayName"],
        );
        let text = text.unwrap();
        let value = text.lines().find_map(|line| line.strip_prefix("displayName:")).unwrap();
        let value = match value.strip_prefix(": ") {
            Some(coded) => {
                String::from_utf8(base64::engine::general_purpose::STANDARD.decode(coded).unwrap())
                    .unwrap()
            }
            None => value.strip_prefix(' ').unwrap().to_owned(),
        };
        assert_eq!(&value, name);
    }
}

#[test]
fn two_domain_controllers_run_side_by_side() {
    let (first, second) = (SambaAd::start().unwrap(), SambaAd::start().unwrap());
    assert_ne!(first.host(), second.host());
    for samba in [&first, &second] {
        sign_in(samba, "ok", domain::PASSWORD).unwrap();
    }
}

//! OpenLDAP starts, answers over verified TLS, and leaves nothing behind.

use servers::{Slapd, SlapdOptions, ldapsearch, ldif, names};

fn people(slapd: &Slapd, filter: &str, attributes: &[&str]) -> servers::Result<String> {
    let who = (slapd.bind_dn(), slapd.bind_password());
    ldapsearch((&slapd.ldaps_url(), slapd.ca_pem_path()), who, slapd.base_dn(), filter, attributes)
}

fn count(text: &str) -> usize {
    text.lines().filter(|line| line.starts_with("dn:")).count()
}

#[test]
fn it_serves_the_company_and_is_gone_afterwards() {
    let mut slapd =
        Slapd::start(&SlapdOptions { people: 450, password_policy: true, ..Default::default() })
            .unwrap();
    let folder = slapd.log_path().parent().unwrap().to_owned();
    assert_eq!(count(&people(&slapd, "(uid=u*)", &["uid"]).unwrap()), 450);
    assert_eq!(count(&people(&slapd, "(uid=odd*)", &["uid"]).unwrap()), names::odd().len());
    let big = people(&slapd, "(memberOf=cn=big,ou=groups,dc=example,dc=org)", &["uid"]).unwrap();
    assert_eq!(count(&big), 450);
    let group =
        people(&slapd, "(memberOf=cn=g0002,ou=groups,dc=example,dc=org)", &["uid"]).unwrap();
    assert_eq!(count(&group), ldif::members_of(2, 450).len());

    let sign_in = |name: &str, password: &str| {
        ldapsearch(
            (&slapd.ldaps_url(), slapd.ca_pem_path()),
            (name, password),
            slapd.base_dn(),
            "(uid=ok)",
            &["mail"],
        )
    };
    assert!(
        sign_in(&ldif::person_dn(7), &ldif::person_password(7)).unwrap().contains("ok@example.org")
    );
    assert!(sign_in(&ldif::person_dn(7), "wrong").unwrap_err().to_string().contains("(49)"));
    assert!(sign_in("cn=locked,ou=quirks,dc=example,dc=org", "pw-locked").is_err());
    assert!(!sign_in(ldif::BLIND_DN, ldif::BLIND_PASSWORD).unwrap_or_default().contains("ok@"));

    slapd.kill9();
    assert!(people(&slapd, "(uid=ok)", &[]).is_err());
    slapd.restart().unwrap();
    assert_eq!(count(&people(&slapd, "(uid=u*)", &["uid"]).unwrap()), 450);
    let process = format!("/proc/{}", slapd.id().unwrap());
    drop(slapd);
    assert!(!folder.exists() && !std::path::Path::new(&process).exists());
}

#[test]
fn a_size_limit_holds_for_the_service_account_too() {
    let options = SlapdOptions { people: 300, size_limit: Some(100), ..Default::default() };
    let slapd = Slapd::start(&options).unwrap();
    let error = people(&slapd, "(uid=u*)", &["uid"]).unwrap_err().to_string();
    assert!(error.contains("Size limit exceeded (4)"), "{error}");
}

#[test]
fn a_certificate_for_another_host_or_out_of_date_is_refused() {
    let elsewhere = SlapdOptions {
        people: 1,
        hosts: vec!["elsewhere.example.org".into()],
        ..Default::default()
    };
    let expired = SlapdOptions { people: 1, expired_certificate: true, ..Default::default() };
    for options in [elsewhere, expired] {
        let slapd = Slapd::start(&options).unwrap();
        assert!(
            people(&slapd, "(uid=ok)", &[])
                .unwrap_err()
                .to_string()
                .contains("Can't contact LDAP server")
        );
    }
}

#[test]
fn ldif_that_cannot_be_loaded_is_an_error_with_the_loaders_words() {
    let options = SlapdOptions {
        people: 1,
        extra_ldif: Some("dn: nonsense\n\n".into()),
        ..Default::default()
    };
    let error = Slapd::start(&options).err().unwrap();
    assert!(error.log().contains("nonsense"), "{error}");
}

//! A firewall forgets the connector's flows without a word: sign-ins go on after a short delay, on every kind of server.

use journeys::{Cloud, Company, Connector, journey};
use servers::ds389::Ds389Options;
use servers::{Ds389, Firewall, SambaAd, Slapd, SlapdOptions, company};
use std::time::{Duration, Instant};

fn goes_on(mut company: Company, filter: &str) {
    let firewall = Firewall::start(company.server.parse().unwrap()).unwrap();
    company.server = firewall.server();
    let (cloud, connector) = (Cloud::start(), Connector::new());
    connector.add_account(&company).ok();
    let only = format!("filter = \"{filter}\"");
    connector.apply(&journey::mapping("People", &company.base_dn, &only)).ok();
    connector.json(&["settings", "set", "follow_changes=false"]).ok();
    connector.register(&cloud).ok();
    let running = connector.start(&cloud);
    let (user, password) = &company.right;
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(cloud.sign_in(user, password).0, 200));
        }
    });
    for _ in 0..2 {
        firewall.forget();
        let began = Instant::now();
        for _ in 0..5 {
            assert_eq!(cloud.sign_in(user, password).0, 200);
        }
        assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    }
    assert_eq!(running.stop(Duration::from_secs(15)), Some(0));
}

#[test]
fn open_ldap() {
    let options = SlapdOptions { people: 5, quirks: false, ..SlapdOptions::default() };
    let server = Slapd::start(&options).unwrap();
    goes_on(company::slapd(&server, 5), "(uid=u0000001)");
}

#[test]
fn directory_server_389() {
    let options = Ds389Options { people: 5, quirks: false, extra_ldif: None };
    let server = Ds389::start(&options).unwrap();
    goes_on(company::ds389(&server, 5), "(uid=u0000001)");
}

#[test]
fn samba_ad() {
    let server = SambaAd::start().unwrap();
    goes_on(company::samba(&server), "(sAMAccountName=u0000001)");
}

//! The main job of the connector against real directory servers: the same journeys as on the sample company.

use crate::sign_in::budget::samba_locks_at;
use journeys::{Cloud, Company, Connector, journey};
use servers::ds389::Ds389Options;
use servers::{Ds389, SambaAd, Slapd, SlapdOptions, company, names};
use std::time::Duration;

fn whole_job(company: &Company) {
    let cloud = Cloud::start();
    let connector = Connector::new();
    journey::prepare(&connector, company);
    connector.register(&cloud).ok();
    let running = connector.start(&cloud);
    journey::from_the_console(&connector, &cloud, company);
    journey::import(&connector, &cloud);
    odd_names_are_unchanged(&cloud);
    journey::sign_in(&connector, &cloud, company);
    journey::activate(&cloud, company);
    journey::groups(&connector, company);
    every_problem_is_explained(&connector);
    if let Some(user) = &company.lockable {
        is_held_back(&connector, user);
    }
    assert_eq!(running.stop(Duration::from_secs(15)), Some(0));
}

/// Names with every character that needs care arrive in the cloud byte for byte.
fn odd_names_are_unchanged(cloud: &Cloud) {
    let users = cloud.users();
    for (number, name) in names::odd().iter().enumerate() {
        let start = format!("odd{number:02}@");
        let user =
            users.iter().find(|u| u["email"].as_str().is_some_and(|mail| mail.starts_with(&start)));
        let user = user.unwrap_or_else(|| panic!("{name} is not in the cloud"));
        assert_eq!(user["displayName"].as_str(), Some(name.as_str()));
    }
}

/// People with no e-mail and with somebody else's are counted, and the preview says why.
fn every_problem_is_explained(connector: &Connector) {
    let preview = connector.preview("People");
    let reasons: Vec<&str> = preview["people"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|p| p["change"] == "skip")
        .filter_map(|p| p["reason_kind"].as_str())
        .collect();
    for (kind, at_least) in [("no_email", 2), ("same_email", 1)] {
        let found = reasons.iter().filter(|r| **r == kind).count();
        assert!(found >= at_least, "{kind}: {found} in {reasons:?}");
    }
}

/// The directory locks after six wrong passwords: the connector forwards four.
fn is_held_back(connector: &Connector, user: &str) {
    for _ in 0..4 {
        assert_eq!(connector.sign_in(user, "wrong").0, "wrong_password");
    }
    assert_eq!(connector.sign_in(user, "wrong").0, "throttled");
}

#[test]
fn samba_active_directory() {
    let server = SambaAd::start().unwrap();
    samba_locks_at(&server, 6);
    whole_job(&company::samba(&server));
}

#[test]
fn open_ldap() {
    let server = Slapd::start(&SlapdOptions { people: 6000, ..SlapdOptions::default() }).unwrap();
    whole_job(&company::slapd(&server, 6000));
}

#[test]
fn directory_server_389() {
    let server = Ds389::start(&Ds389Options::default()).unwrap();
    whole_job(&company::ds389(&server, Ds389Options::default().people));
}

fn exceptions(company: &Company) {
    let connector = Connector::new();
    connector.add_account(company).ok();
    journey::left_out(&connector, company);
}

#[test]
fn who_is_left_out_and_added_on_samba() {
    let server = SambaAd::start().unwrap();
    let mut company = company::samba(&server);
    // A chain of groups is slow to ask for on Samba: 5,000 members take minutes.
    company.groups.pop();
    exceptions(&company);
}

#[test]
fn who_is_left_out_and_added_on_open_ldap() {
    let server = Slapd::start(&SlapdOptions { people: 60, ..SlapdOptions::default() }).unwrap();
    exceptions(&company::slapd(&server, 60));
}

#[test]
fn who_is_left_out_and_added_on_389() {
    let server = Ds389::start(&Ds389Options::default()).unwrap();
    exceptions(&company::ds389(&server, Ds389Options::default().people));
}

//! Other people's SCIM: their tester on our local cloud, their service as a place to deliver to.

use journeys::{Cloud, Connector, journey};
use serde_json::json;
use servers::{Scim2Server, Slapd, SlapdOptions, company, ldif, scim2_test};
use std::process::{Command, Stdio};

#[test]
fn the_local_cloud_passes_the_tester() {
    let cloud = Cloud::start();
    let token = cloud.scim_token();
    let report = scim2_test(&format!("{}/scim/v2", cloud.url), &token, &cloud.ca).unwrap();
    let failed: Vec<_> = report.failed().collect();
    assert!(failed.is_empty(), "{failed:?}\n{}", report.text);
    assert!(report.checks.len() > 20, "only {} checks ran:\n{}", report.checks.len(), report.text);
}

#[test]
fn a_foreign_service_gets_people_changes_and_deactivations() {
    let server =
        Slapd::start(&SlapdOptions { people: 1000, quirks: false, ..SlapdOptions::default() })
            .unwrap();
    let service = Scim2Server::start("scim-test-token").unwrap();
    let company = company::slapd(&server, 1000);
    let connector = Connector::new();
    let url = service.url();
    let ca = service.ca_pem_path().to_string_lossy().into_owned();
    connector
        .run(
            &["--json", "register", "--scim", &url, "--token-stdin", "--ca", &ca],
            "scim-test-token",
        )
        .ok();
    connector.add_account(&company).ok();
    connector.apply(&journey::mapping("People", &company.base_dn, "")).ok();

    let first = connector.json(&["sync", "People"]).ok().json();
    assert_eq!(first[0]["acknowledged"], json!(1000), "{first}");

    modify(
        &server,
        &format!(
            "dn: {}\nchangetype: modify\nreplace: displayName\ndisplayName: Renamed\n",
            ldif::person_dn(5)
        ),
    );
    modify(&server, &format!("dn: {}\nchangetype: delete\n", ldif::person_dn(6)));
    let second = connector.json(&["sync", "People"]).ok().json();
    let counts = &second[0]["counts"];
    assert_eq!(
        (&counts["update"], &counts["preserve"], &counts["unchanged"]),
        (&json!(1), &json!(1), &json!(998)),
        "{second}"
    );
    assert_eq!(second[0]["acknowledged"], json!(2), "{second}");
    let third = connector.preview("People");
    assert_eq!(
        (journey::count(&third, "unchanged"), journey::total(&third)),
        (999, 999),
        "{}",
        third["counts"]
    );
}

#[test]
fn lost_answers_double_nobody_at_a_foreign_service() {
    let server =
        Slapd::start(&SlapdOptions { people: 25, quirks: false, ..SlapdOptions::default() })
            .unwrap();
    let service = Scim2Server::start("scim-test-token").unwrap();
    let company = company::slapd(&server, 25);
    let connector = Connector::new();
    let (url, ca) = (service.url(), service.ca_pem_path().to_string_lossy().into_owned());
    let register = ["--json", "register", "--scim", &url, "--token-stdin", "--ca", &ca];
    connector.run(&register, "scim-test-token").ok();
    connector.add_account(&company).ok();
    connector.apply(&journey::mapping("People", &company.base_dn, "")).ok();
    let before = service.users().unwrap();

    service.lose_answers(18);
    let first = connector.json(&["sync", "People"]).ok().json();
    assert_eq!(
        (&first[0]["acknowledged"], &first[0]["refused"]),
        (&json!(25), &json!(0)),
        "{first}"
    );
    assert_eq!(service.users().unwrap() - before, 25, "everybody once");

    service.lose_answers(0);
    let rename = "changetype: modify\nreplace: displayName\ndisplayName: Renamed\n";
    modify(&server, &format!("dn: {}\n{rename}", ldif::person_dn(3)));
    modify(&server, &format!("dn: {}\nchangetype: delete\n", ldif::person_dn(4)));
    let second = connector.json(&["sync", "People"]).ok().json();
    assert_eq!(
        (&second[0]["acknowledged"], &second[0]["refused"]),
        (&json!(2), &json!(0)),
        "{second}"
    );
    assert_eq!(service.users().unwrap() - before, 25);

    let checks = connector.json(&["check"]).ok().json();
    let cloud = checks.as_array().unwrap().iter().find(|check| check["check"] == "cloud").unwrap();
    assert_eq!(cloud["status"], "pass", "{checks}");

    // A token that the service does not take changes nothing.
    let token = ["--json", "settings", "token", "--token-stdin"];
    assert_eq!(connector.run(&token, "another").error_code(), "revoked");
    connector.run(&token, "scim-test-token").ok();
    assert_eq!(connector.json(&["sync", "People"]).ok().json()[0]["acknowledged"], json!(0));

    // Who leaves between two registrations at the same service has left all the same.
    connector.json(&["unregister"]).ok();
    modify(&server, &format!("dn: {}\nchangetype: delete\n", ldif::person_dn(7)));
    connector.run(&register, "scim-test-token").ok();
    let third = connector.json(&["sync", "People"]).ok().json();
    let (counts, list) = (&third[0]["counts"], &third[0]["awaiting_approval"][0]);
    assert_eq!((&counts["update"], &counts["create"]), (&json!(23), &json!(0)), "{third}");
    assert_eq!(list["people"], json!(1), "the first import of a registration asks: {third}");
    let approve = ["sync", "People", "--approve", list["hash"].as_str().unwrap()];
    let fourth = connector.json(&approve).ok().json();
    assert_eq!(fourth[0]["counts"]["preserve"], json!(1), "{fourth}");
    assert_eq!(service.users().unwrap() - before, 25);
}

fn modify(server: &Slapd, change: &str) {
    let (name, password) = server.admin();
    let mut child = Command::new("ldapmodify")
        .args(["-x", "-H", &server.ldap_url(), "-D", name, "-w", password])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), change.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success(), "{change}");
}

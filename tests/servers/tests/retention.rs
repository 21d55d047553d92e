//! Somebody who leaves is kept by the cloud, deleted after its retention while the connector is there, and made anew on return.

use journeys::process::wait_for;
use journeys::{Cloud, Connector, journey};
use serde_json::{Value, json};
use servers::{Slapd, SlapdOptions, company, ldapmodify, ldif};
use std::time::Duration;

const RETENTION: Duration = Duration::from_secs(3);

fn person(cloud: &Cloud, name: &str) -> Option<Value> {
    cloud.users().into_iter().find(|user| user["userName"] == json!(name))
}

#[test]
fn preserved_deleted_and_back() {
    let server = Slapd::start(&SlapdOptions {
        people: 20,
        quirks: false,
        password_policy: true,
        ..Default::default()
    })
    .unwrap();
    let cloud = Cloud::start_with(&["--retention-seconds", &RETENTION.as_secs().to_string()]);
    let connector = Connector::new();
    let company = company::slapd(&server, 20);
    connector.add_account(&company).ok();
    connector.apply(&journey::mapping("People", &company.base_dn, "")).ok();
    connector.register(&cloud).ok();
    let running = connector.start(&cloud);
    assert_eq!(cloud.sync("People")["counts"]["create"], json!(20));
    let edit = |text: &str| {
        let dn = ldif::person_dn(3);
        let text = format!("dn: {dn}\nchangetype: modify\n{text}\n");
        ldapmodify(&server.ldaps_url(), server.ca_pem_path(), server.admin(), &text).unwrap();
    };
    edit("add: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z");
    wait_for("the end of somebody", Duration::from_secs(10), || {
        person(&cloud, "u0000003").filter(|user| user["active"] == json!(false))
    });
    // Nobody is deleted while no connector could bring them back.
    assert_eq!(running.stop(Duration::from_secs(15)), Some(0));
    std::thread::sleep(RETENTION * 2);
    assert_eq!(cloud.users().len(), 20);
    let running = connector.start(&cloud);
    wait_for("the end of the retention", Duration::from_secs(10), || {
        person(&cloud, "u0000003").is_none().then_some(())
    });
    assert_eq!(cloud.users().len(), 19);
    edit("delete: pwdAccountLockedTime");
    let user = wait_for("the return", Duration::from_secs(15), || person(&cloud, "u0000003"));
    assert_eq!(user["active"], json!(true));
    assert_eq!(running.stop(Duration::from_secs(15)), Some(0));
}

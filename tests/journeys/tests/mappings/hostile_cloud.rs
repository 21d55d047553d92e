//! What a cloud that means harm can do with mappings: nothing before an administrator here has looked and agreed.

use journeys::process::wait_for;
use journeys::{Cloud, Connector, SampleCompany, journey};
use serde_json::{Value, json};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(20);

#[test]
fn a_mapping_of_the_cloud_tells_nothing_before_it_is_approved_here() {
    let (sample, cloud, connector) =
        (SampleCompany::start("ad", 60), Cloud::start(), Connector::new());
    let company = &sample.company;
    connector.add_account(company).ok();
    connector.apply(&journey::mapping("Nobody", &company.base_dn, "filter = \"(cn=nobody)\"")).ok();
    connector.register(&cloud).ok();
    let service = connector.start(&cloud);
    let (user, password) = &company.right;
    let token = cloud.deployment_token("t");
    let probe = |more: Value| {
        let mut body = json!({ "name": "Probe", "account": "corp", "base_dn": company.base_dn, "mass_deployment": true });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let (_, answer) = cloud.admin("PUT", "mappings/Probe", Some(body));
        answer
    };
    // Every request that could tell whether the probe finds somebody.
    let learns_nothing = |when: &str| {
        assert_ne!(cloud.sign_in(user, password).1, "ok", "{when}");
        assert_ne!(cloud.activate(&token, user, "device"), "created_and_activated", "{when}");
        assert_eq!(cloud.admin("POST", "mappings/Probe/sync", Some(json!({}))).0, 404, "{when}");
        assert_eq!(cloud.admin("GET", "mappings/Probe", None).0, 404, "{when}");
        assert!(cloud.users().is_empty(), "{when}");
    };
    learns_nothing("before");
    assert_eq!(
        probe(json!({ "department": ["Sales"] }))["code"],
        json!("not_covered"),
        "off by default"
    );
    connector.json(&["settings", "set", "mappings_from_cloud=true"]).ok();
    for secret in [
        json!({ "filter": "(employeeNumber=1*)" }),
        json!({ "filter": "(&(objectClass=user)(!(homePhone=*)))" }),
        json!({ "filter": "(:2.5.13.2:=secret)" }),
        json!({ "conditions": [{ "any": [{ "attribute": "pager", "op": "starts_with", "value": "1" }] }] }),
    ] {
        assert_eq!(probe(secret.clone())["code"], json!("not_covered"), "{secret}");
        learns_nothing("a secret was probed");
    }
    let first = probe(json!({ "filter": "(objectClass=user)" }));
    assert_eq!(first["awaiting_approval"], json!(true), "{first}");
    learns_nothing("it waits");
    assert_eq!(connector.status()["proposed"], json!(["Probe"]));
    let (_, answer) = cloud.admin("DELETE", "mappings/Nobody", None);
    assert_eq!(answer["code"], json!("not_covered"), "what is in use stays");

    // Nobody approves what they have not seen, and nothing but that.
    let hash = || {
        let waiting = connector.json(&["mapping", "proposals"]).ok().json();
        waiting[0]["hash"].as_str().unwrap().to_owned()
    };
    let approve = |hash: &str| connector.json(&["mapping", "approve", "Probe", hash]);
    let seen = hash();
    assert_eq!(approve(&seen).error_code(), "approval_stale");
    connector.json(&["preview", "Probe", "--proposed"]).ok();
    learns_nothing("its preview was seen");
    probe(json!({ "filter": "(cn=*)" }));
    assert_eq!(approve(&seen).error_code(), "approval_stale", "another one by the same name");
    assert_eq!(approve(&hash()).error_code(), "approval_stale", "whose preview nobody has seen");
    connector.json(&["preview", "Probe", "--proposed"]).ok();
    approve(&hash()).ok();
    wait_for("the approved mapping", LIMIT, || {
        (cloud.sign_in(user, password).1 == "ok").then_some(())
    });
    assert!(connector.json(&["mapping", "proposals"]).ok().json().as_array().unwrap().is_empty());
    let journal = connector.json(&["journal", "--kind", "settings"]).ok().json().to_string();
    assert!(journal.contains("mapping proposed") && journal.contains("(cn=*)"), "{journal}");
    assert_eq!(service.stop(LIMIT), Some(0));
}

#[test]
fn mappings_too_large_for_one_message_end_no_session() {
    let (sample, cloud, connector) =
        (SampleCompany::start("ad", 20), Cloud::start(), Connector::new());
    let company = &sample.company;
    connector.add_account(company).ok();
    let departments = |size: usize| {
        let list: Vec<String> = (0..size).map(|n| format!("{n:04} {}", "x".repeat(1000))).collect();
        format!("department = {}", json!(list))
    };
    for name in ["A", "B"] {
        connector.apply(&journey::mapping(name, &company.base_dn, &departments(560))).ok();
    }
    let large = connector.apply(&journey::mapping("C", &company.base_dn, &departments(800)));
    assert_eq!(large.error_code(), "invalid_mapping");
    connector.register(&cloud).ok();
    let service = connector.start(&cloud);
    let whole = |wanted: usize| {
        let (_, answer) = cloud.admin("GET", "mappings", None);
        let list = answer["mappings"].as_array()?.clone();
        let whole = list.iter().filter(|m| m["department"].as_array().map(Vec::len) == Some(560));
        (whole.count() == wanted).then_some(())
    };
    wait_for("both mappings", LIMIT, || whole(2));
    connector.json(&["mapping", "remove", "B"]).ok();
    wait_for("the other one", LIMIT, || whole(1));
    assert_eq!(service.stop(LIMIT), Some(0));
    // Shown while the connector is away, too.
    wait_for("the last that is known", LIMIT, || whole(1));
}

//! Every way to say who is imported, and that the first mapping wins.

use journeys::{Cloud, Connector, SampleCompany, journey};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// DNs by change, as the preview of one mapping has them.
fn people(preview: &Value) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for person in preview["people"].as_array().unwrap() {
        let text = |key: &str| person[key].as_str().unwrap_or_default().to_owned();
        found.entry(text("change")).or_default().push(text("dn"));
    }
    found
}

fn total_of(connector: &Connector, base: &str, more: &str) -> u64 {
    connector.apply(&journey::mapping("Try", base, more)).ok();
    let preview = connector.preview("Try");
    assert_eq!(preview["complete"], json!(true), "{more}: {}", preview["error"]);
    journey::total(&preview)
}

fn every_criterion(face: &str) {
    let sample = SampleCompany::start(face, 300);
    let company = &sample.company;
    let connector = Connector::new();
    connector.add_account(company).ok();
    let base = &company.base_dn;
    let (ou, cn) = if face == "ad" { ("OU", "CN") } else { ("ou", "cn") };
    let city = |name: &str| format!("{ou}={name},{ou}=people,{base}");
    let count = |more: &str| total_of(&connector, base, more);

    // 300 people: every third one in each city, every fifth of those in each department.
    assert_eq!(count(&format!("units = [{}]", json!(city("Berlin")))), 100);
    assert_eq!(
        count(&format!("units = [{}, {}]", json!(city("Berlin")), json!(city("Lyon")))),
        200
    );
    let inner = format!("{ou}=Sales,{}", city("Berlin"));
    assert_eq!(
        count(&format!("units = [{}, {}]", json!(inner), json!(city("Berlin")))),
        100,
        "a unit inside another counts once"
    );
    assert_eq!(count("department = \"Sales\""), 60);
    assert_eq!(count("department = [\"Sales\", \"R&D\"]"), 120);
    assert_eq!(count("country = \"DE\""), 100);
    assert_eq!(count("country = \"de\"\ndepartment = \"Sales\""), 20);
    assert_eq!(
        count(&format!("groups = [{}]", json!(format!("{cn}=pilots,{ou}=groups,{base}")))),
        10
    );
    assert_eq!(
        count(&format!(
            "groups = [{}]\nnested_groups = true",
            json!(format!("{cn}=level1,{ou}=groups,{base}"))
        )),
        15
    );
    assert_eq!(
        count(&format!("groups = [{}]", json!(format!("{cn}=level1,{ou}=groups,{base}")))),
        5
    );
    assert_eq!(
        count(&format!("groups = [{}]", json!(format!("{cn}=empty,{ou}=groups,{base}")))),
        0
    );
    assert_eq!(
        count("filter = \"(&(l=Berlin)(title=Engineer))\""),
        count(
            "conditions = [{ attribute = \"l\", value = \"Berlin\" }, { attribute = \"title\", op = \"starts_with\", value = \"Eng\" }]"
        )
    );
    assert_eq!(
        count(
            "conditions = { any = [{ attribute = \"l\", value = \"Berlin\" }, { attribute = \"l\", value = \"Pune\" }] }"
        ),
        200
    );
    // What a person typed is a value, never a piece of filter.
    assert_eq!(count("department = \"*\""), 0);
    assert_eq!(count("department = \"Sales)(objectClass=*\""), 0);
    assert_eq!(count("conditions = [{ attribute = \"l\", value = \"Ber*\" }]"), 0);
}

#[test]
fn every_criterion_on_the_active_directory_face() {
    every_criterion("ad");
}

#[test]
fn every_criterion_on_the_open_ldap_face() {
    every_criterion("ldap");
}

#[test]
fn a_person_belongs_to_the_first_mapping_and_the_preview_says_so() {
    let sample = SampleCompany::start("ad", 100);
    let connector = Connector::new();
    connector.add_account(&sample.company).ok();
    let base = &sample.company.base_dn;
    connector.apply(&journey::mapping("First", base, "department = \"Sales\"")).ok();
    connector.apply(&journey::mapping("Second", base, "")).ok();
    let first = people(&connector.preview("First"));
    let preview = connector.preview("Second");
    let claimed: Vec<&Value> = preview["people"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|p| p["reason_kind"] == "claimed" && p["values"]["mapping"] == "First")
        .collect();
    let all_first: usize = first.values().map(Vec::len).sum();
    assert!(all_first > 0);
    assert_eq!(claimed.len(), all_first);
    assert!(claimed.iter().all(|p| p["change"] == "skip"));
    // The other way round after a move.
    connector.json(&["mapping", "move", "Second", "--to", "1"]).ok();
    assert!(people(&connector.preview("First")).keys().all(|change| change == "skip"));
}

#[test]
fn users_whom_somebody_made_in_the_cloud_are_linked() {
    let sample = SampleCompany::start("ldap", 50);
    let (cloud, connector) = (Cloud::start(), Connector::new());
    connector.add_account(&sample.company).ok();
    connector.apply(&journey::mapping("People", &sample.company.base_dn, "")).ok();
    connector.register(&cloud).ok();
    let first = connector.preview("People")["people"][0].clone();
    let user = |name: &str, email: &str| {
        let body = json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": name,
            "emails": [{ "value": email, "primary": true }], "active": true,
        });
        let (status, answer) = cloud.scim("POST", "Users", Some(body));
        assert_eq!(status, 201, "{answer}");
        answer["id"].as_str().expect("an id").to_owned()
    };
    let id = user("made.by.hand", first["email"].as_str().expect("an address"));
    user("somebody.else", "somebody.else@nowhere.example");
    let preview = connector.preview("People");
    assert_eq!(journey::count(&preview, "adopt"), 1, "{}", preview["counts"]);
    let people = preview["people"].as_array().expect("people");
    let adopted = people.iter().find(|p| p["change"] == json!("adopt")).expect("somebody");
    assert!(adopted["values"]["name"].to_string().contains("made.by.hand"), "{adopted}");
    let record = connector.json(&["sync", "People"]).ok().json();
    assert_eq!(record[0]["counts"], preview["counts"], "{record}");
    let users = cloud.users();
    assert_eq!(users.len() as u64, journey::count(&preview, "create") + 2);
    let linked = users.iter().find(|user| user["id"] == json!(id)).expect("the same user");
    assert_eq!(
        (&linked["externalId"], &linked["userName"]),
        (&adopted["identity"], &adopted["user_name"])
    );
}

#[test]
fn a_changed_mapping_shows_what_it_does_before_it_is_imported() {
    let sample = SampleCompany::start("ldap", 50);
    let (cloud, connector) = (Cloud::start(), Connector::new());
    connector.add_account(&sample.company).ok();
    connector.apply(&journey::mapping("People", &sample.company.base_dn, "")).ok();
    connector.register(&cloud).ok();
    let first = connector.run(&["sync", "People"], "").ok();
    assert!(!first.out.contains("was changed"), "{first:?}");
    let more = format!("units = [{}]", json!(sample.company.unit));
    connector.apply(&journey::mapping("People", &sample.company.base_dn, &more)).ok();
    let second = connector.run(&["sync", "People"], "");
    let shown = second.out.find("hold").expect("a preview");
    assert!(
        second.out.find("was changed since its last import").expect("a word on it") < shown,
        "{second:?}"
    );
    assert!(cloud.users().iter().all(|user| user["active"] == json!(true)));
}

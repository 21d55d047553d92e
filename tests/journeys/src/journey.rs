//! The main job, step by step. Every step is asserted and says in one line what it found.

use crate::{Cloud, Company, Connector};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashSet};

/// A mapping file for everybody below a base, with more lines added.
pub fn mapping(name: &str, base_dn: &str, more: &str) -> String {
    format!("name = {}\naccount = \"corp\"\nbase_dn = {}\n{more}\n", json!(name), json!(base_dn))
}

/// What a preview counted.
pub fn count(preview: &Value, change: &str) -> u64 {
    preview["counts"][change]
        .as_u64()
        .unwrap_or_else(|| panic!("no count of {change}: {}", preview["counts"]))
}

/// Everybody whom a preview holds, whatever happens to them.
pub fn total(preview: &Value) -> u64 {
    preview["counts"].as_object().expect("counts").values().filter_map(Value::as_u64).sum()
}

/// Account, browsing, mapping and preview: works before the connector is registered.
pub fn prepare(connector: &Connector, company: &Company) -> String {
    connector.add_account(company).ok();
    let bases = connector.json(&["browse", "bases", "--account", "corp"]).ok().json();
    let units =
        connector.json(&["browse", "units", "--account", "corp", "--search", ""]).ok().json();
    let groups = connector.json(&["browse", "groups", "--account", "corp"]).ok().json();
    let len = |list: &Value| list.as_array().map_or(0, Vec::len);
    for list in [&bases, &units, &groups] {
        assert!(len(list) > 0, "nothing to browse: {bases} {units} {groups}");
        for node in list.as_array().into_iter().flatten() {
            for key in ["name", "dn", "identity", "has_children", "members"] {
                assert!(node.get(key).is_some(), "{key} is missing: {node}");
            }
        }
    }
    connector.apply(&mapping("People", &company.base_dn, "mass_deployment = true")).ok();
    format!(
        "{} base DN, {} organizational units, {} groups",
        len(&bases),
        len(&units),
        len(&groups)
    )
}

/// Preview and import; afterwards the cloud holds exactly the people of the preview, once each.
pub fn import(connector: &Connector, cloud: &Cloud) -> String {
    let preview = connector.preview("People");
    assert_eq!(preview["complete"], json!(true), "{}", preview["error"]);
    let create = count(&preview, "create");
    assert!(create > 0, "nobody to import: {}", preview["counts"]);
    for person in preview["people"].as_array().expect("people") {
        assert!(person["reason"].as_str().is_some_and(|r| !r.is_empty()), "no reason: {person}");
    }
    let record = cloud.sync("People");
    assert_eq!(record["acknowledged"].as_u64(), Some(create), "{record}");
    // The window and the command line show the connector's record, the console the cloud's: they are the same.
    let status = connector.status();
    let (_, kept) = cloud.admin("GET", "imports?limit=1", None);
    assert_eq!(status["last_imports"][0], record);
    assert_eq!(kept["imports"][0]["counts"], record["counts"]);
    let users = cloud.users();
    let identities: HashSet<&str> = users.iter().filter_map(|u| u["externalId"].as_str()).collect();
    assert_eq!((users.len() as u64, identities.len() as u64), (create, create));
    let again = connector.preview("People");
    assert_eq!(count(&again, "unchanged"), create, "{}", again["counts"]);
    format!(
        "{} read, {create} created, {} skipped with a reason",
        total(&preview),
        count(&preview, "skip")
    )
}

/// Sign-ins at the cloud's door and on the command line, each with its outcome.
pub fn sign_in(connector: &Connector, cloud: &Cloud, company: &Company) -> String {
    let (user, password) = &company.right;
    assert_eq!(cloud.sign_in(user, password), (200, "ok".to_owned()));
    assert_eq!(connector.sign_in(user, password), ("ok".to_owned(), 0));
    assert_eq!(connector.sign_in(user, "wrong"), ("wrong_password".to_owned(), 1));
    assert_eq!(connector.sign_in(user, ""), ("wrong_password".to_owned(), 1));
    assert_ne!(cloud.sign_in(user, "wrong").1, "ok");
    for (user, password, outcome, outside) in &company.refused {
        assert_eq!(connector.sign_in(user, password), ((*outcome).to_owned(), 1), "{user}");
        assert_eq!(cloud.sign_in(user, password).1, *outside, "{user}");
    }
    let journal = connector.json(&["journal", "--kind", "sign_in", "--limit", "200"]).ok().json();
    let codes: HashSet<&str> = journal
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|e| e["detail"]["code"].as_str())
        .collect();
    for code in
        company.refused.iter().map(|r| r.2).chain(["ok", "wrong_password", "empty_password"])
    {
        assert!(codes.contains(code), "{code} is not in the journal: {codes:?}");
    }
    format!(
        "1 right, {} refused, each with its own reason in the journal",
        company.refused.len() + 2
    )
}

/// Mass deployment: known, unknown, and with tokens that are no good.
pub fn activate(cloud: &Cloud, company: &Company) -> String {
    let token = cloud.deployment_token("rollout");
    let user = &company.right.0;
    assert_eq!(cloud.activate(&token, user, "device-1"), "activated");
    assert_eq!(cloud.activate(&token, "nobody-here", "device-2"), "user_not_found");
    assert_eq!(cloud.activate("no-such-token", user, "device-3"), "token_unknown");
    let ended = cloud.ended_token("former rollout");
    assert_eq!(cloud.activate(&ended, user, "device-4"), "token_expired");
    "1 activated, 1 unknown person, 1 unknown token, 1 expired token".to_owned()
}

/// Every group's people are found, those by primary group and through nested groups in a cycle included.
pub fn groups(connector: &Connector, company: &Company) {
    let mut circular = false;
    for (number, (group, expected)) in company.groups.iter().enumerate() {
        let name = format!("group {number}");
        let more = format!("groups = [{}]\nnested_groups = true", json!(group));
        connector.apply(&mapping(&name, &company.base_dn, &more)).ok();
        let preview = connector.preview(&name);
        assert_eq!(total(&preview), *expected, "{group}: {}", preview["counts"]);
        circular |= preview["findings"].to_string().contains("circular_group");
        connector.json(&["mapping", "remove", &name]).ok();
    }
    assert!(circular, "the cycle of groups was not told");
}

/// Of a group's people those are left who are not left out, and whoever is named is there without the group.
pub fn left_out(connector: &Connector, company: &Company) {
    let everybody = preview_of(connector, company, "");
    let of = |kind: &str, values: &[&str]| format!("{kind} = {}\n", json!(values));
    let nested = "nested_groups = true\n";
    for (group, members) in &company.groups {
        let without = preview_of(connector, company, &(of("exclude_groups", &[group]) + nested));
        assert_eq!(without.len() as u64, everybody.len() as u64 - members, "without {group}");
        let Some(named) = without.first() else { continue };
        let more = of("groups", &[group]) + nested + &of("include_people", &[named]);
        let with = preview_of(connector, company, &more);
        assert!(with.contains(named) && with.len() as u64 == members + 1, "{group} and {named}");
        let Some(other) = with.iter().find(|dn| *dn != named) else { continue };
        let fewer = preview_of(connector, company, &(more + &of("exclude_people", &[other])));
        assert!(!fewer.contains(other) && fewer.len() == with.len() - 1, "{group} and {other}");
    }
    let without = preview_of(connector, company, &of("exclude_units", &[&company.unit]));
    let unit = company.unit.to_lowercase();
    let inside = |dn: &&String| dn.to_lowercase().ends_with(&unit);
    assert!(without.len() < everybody.len() && !without.iter().any(|dn| inside(&dn)));
    assert_eq!(without.len() + everybody.iter().filter(inside).count(), everybody.len());
}

/// The DNs of everybody whom a mapping reads, in order.
fn preview_of(connector: &Connector, company: &Company, more: &str) -> BTreeSet<String> {
    connector.apply(&mapping("Exceptions", &company.base_dn, more)).ok();
    let preview = connector.preview("Exceptions");
    assert_eq!(preview["complete"], json!(true), "{more}: {}", preview["error"]);
    connector.json(&["mapping", "remove", "Exceptions"]).ok();
    let people = preview["people"].as_array().unwrap().iter();
    people.map(|one| one["dn"].as_str().unwrap().to_owned()).collect()
}

/// Browsing and mappings from the cloud's console, live through the connector.
/// What the console sends as a mapping waits for an administrator here.
pub fn from_the_console(connector: &Connector, cloud: &Cloud, company: &Company) {
    let (status, bases) = cloud.admin("GET", "directory/bases?account=corp", None);
    assert_eq!(status, 200, "{bases}");
    assert!(bases.to_string().to_lowercase().contains(&company.base_dn.to_lowercase()), "{bases}");
    let body = json!({ "name": "Console", "account": "corp", "base_dn": company.base_dn, "units": [company.unit] });
    let (_, refused) = cloud.admin("PUT", "mappings/Console", Some(body.clone()));
    assert_eq!(refused["code"], json!("not_covered"), "{refused}");
    connector.json(&["settings", "set", "mappings_from_cloud=true"]).ok();
    let (status, answer) = cloud.admin("PUT", "mappings/Console", Some(body));
    assert!(status < 300 && answer["awaiting_approval"] == json!(true), "{status} {answer}");
    let (status, answer) = cloud.admin("DELETE", "mappings/Console", None);
    assert!(status < 300, "{status} {answer}");
    connector.json(&["settings", "set", "mappings_from_cloud=false"]).ok();
}

//! What waits for an approval is one number, wherever somebody looks, and exactly that happens.

use journeys::{Cloud, Connector, SampleCompany, journey};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// User names of a list of people or users.
fn names<'a>(people: impl IntoIterator<Item = &'a Value>, key: &str) -> BTreeSet<String> {
    people.into_iter().map(|one| one[key].as_str().unwrap().to_owned()).collect()
}

fn active(cloud: &Cloud) -> BTreeSet<String> {
    names(cloud.users().iter().filter(|user| user["active"] == json!(true)), "userName")
}

#[test]
fn two_thousand_removals_are_one_number_everywhere_and_exactly_those_happen() {
    let sample = SampleCompany::start("ldap", 2_900);
    let (cloud, connector) = (Cloud::start(), Connector::new());
    let base = &sample.company.base_dn;
    connector.add_account(&sample.company).ok();
    connector.apply(&journey::mapping("People", base, "")).ok();
    connector.register(&cloud).ok();
    let _running = connector.start(&cloud);
    cloud.sync("People");
    let before = active(&cloud);

    connector.apply(&journey::mapping("People", base, "country = \"DE\"")).ok();
    let preview = connector.preview("People");
    let [list] = &preview["awaiting_approval"].as_array().unwrap()[..] else { panic!("{preview}") };
    let people = list["people"].as_u64().unwrap();
    assert!(people > 1_500 && people < 2_000, "{list}");
    assert_eq!((&list["mapping"], &list["kind"]), (&json!("People"), &json!("deactivate")));
    assert_eq!(list["hash"], preview["plan_hash"]);
    assert_eq!(
        (&preview["counts"]["hold"], &preview["counts"]["preserve"]),
        (&json!(people), &json!(0))
    );
    let on_it = |one: &&Value| one["needs"]["list"] == list["hash"];
    let listed = names(preview["people"].as_array().unwrap().iter().filter(on_it), "user_name");
    assert_eq!(listed.len() as u64, people);

    let record = cloud.sync("People");
    assert_eq!(record["awaiting_approval"], json!([list]), "the cloud's record");
    let (_, told) = cloud.admin("GET", "imports", None);
    assert_eq!(told["imports"][0]["awaiting_approval"], json!([list]), "{told}");
    let status = connector.status();
    assert_eq!(status["awaiting_approval"], json!([list]));
    let values = json!({ "mapping": "People", "approval": "deactivate", "people": people });
    assert_eq!(status["headline"], json!({ "kind": "awaiting_approval", "values": values }));
    let journal = connector.json(&["journal", "--kind", "import", "--limit", "1"]).ok().json();
    assert_eq!(journal[0]["detail"]["awaiting_approval"], json!([list]));
    let number = format!("{},{:03}", people / 1000, people % 1000);
    let hash = list["hash"].as_str().unwrap();
    for command in [&["status"][..], &["sync", "People"], &["preview", "People"], &["journal"]] {
        let printed = connector.run(command, "").out;
        assert!(printed.contains(&format!("{number} people")), "{command:?}: {printed}");
        assert!(printed.contains(hash) || command == ["journal"], "{command:?}: {printed}");
        assert!(!printed.contains("complete"), "{command:?}: {printed}");
    }
    let waiting = connector.json(&["imports", "waiting", "People"]).ok().json();
    assert_eq!(&waiting["list"], list);
    assert_eq!(names(waiting["people"].as_array().unwrap(), "user_name"), listed, "exactly those");
    let runs = connector.json(&["imports", "--limit", "1"]).ok().json();
    assert_eq!(runs[0]["record"]["awaiting_approval"], json!([list]));
    let shown = runs[0]["id"].to_string();
    let shown = connector.json(&["imports", "show", &shown, "--change", "hold"]).ok().json();
    assert_eq!(
        (&shown["total"], &shown["record"]["counts"]["hold"]),
        (&json!(people), &json!(people))
    );
    let held = shown["people"].as_array().unwrap();
    assert!(
        held.iter()
            .all(|one| on_it(&one) && one["reason"].as_str().is_some_and(|why| !why.is_empty()))
    );
    assert_eq!(names(held, "user_name"), listed);
    assert_eq!(active(&cloud), before, "nobody before the approval");

    let wrong = connector.json(&["sync", "People", "--approve", "0123"]);
    assert_eq!(wrong.error_code(), "approval_stale");
    let done = connector.json(&["sync", "People", "--approve", hash]).ok().json();
    assert_eq!(
        (&done[0]["counts"]["preserve"], &done[0]["approved"]),
        (&json!(people), &json!([list]))
    );
    assert_eq!(done[0]["awaiting_approval"], json!([]));
    assert_eq!(active(&cloud), before.difference(&listed).cloned().collect(), "exactly those");
    assert_eq!(connector.status()["awaiting_approval"], json!([]));
    for all in [&["sync", "People", "--approve", hash][..], &["sync", "--approve", "zzz"]] {
        let nothing = connector.json(all);
        assert_eq!(nothing.error_code(), "approval_stale", "nothing waits any more");
        assert!(nothing.err.contains(all.last().unwrap()), "{nothing:?}");
        let told = connector.run(all, "");
        assert!(told.code == 1 && told.out.contains("complete"), "the import ran: {told:?}");
    }
}

#[test]
fn a_mapping_goes_only_with_the_approval_of_exactly_its_people() {
    let sample = SampleCompany::start("ldap", 40);
    let (cloud, connector) = (Cloud::start(), Connector::new());
    connector.add_account(&sample.company).ok();
    connector.apply(&journey::mapping("People", &sample.company.base_dn, "")).ok();
    connector.register(&cloud).ok();
    connector.json(&["sync", "People"]).ok();
    let before = active(&cloud);
    let remove = |approve: &[&str]| {
        connector.json(&[&["mapping", "remove", "People", "--deactivate"], approve].concat())
    };
    let exists = || connector.json(&["mapping", "list"]).ok().json()[0]["name"] == "People";

    let told = remove(&[]);
    assert_eq!((told.code, &told.json()["record"]), (1, &Value::Null), "{told:?}");
    assert_eq!(told.json()["people"], json!(before.len()));
    assert_eq!(remove(&["--approve", "00ff"]).error_code(), "approval_stale");
    assert!(exists() && active(&cloud) == before, "nothing was changed");

    let list = told.json()["hash"].as_str().unwrap().to_owned();
    let done = remove(&["--approve", &list]).ok().json();
    assert_eq!(done["record"]["acknowledged"], json!(before.len()), "{done}");
    assert!(!exists() && active(&cloud).is_empty());
}

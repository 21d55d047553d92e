//! Why somebody is, or is not, in the cloud: by one command, the true reason.

use journeys::{Cloud, Connector, SampleCompany, journey};
use serde_json::{Value, json};

/// The only person of that name, as the command explains them.
fn explained(connector: &Connector, user: &str) -> Value {
    let told = connector.json(&["explain", user]).ok().json();
    let people = told["people"].as_array().unwrap();
    assert_eq!((people.len(), &told["not_asked"]), (1, &json!([])), "{told}");
    people[0].clone()
}

#[test]
fn people_with_whom_something_is_not_right_are_explained_by_one_command() {
    let sample = SampleCompany::start("ad", 400);
    let (cloud, connector) = (Cloud::start(), Connector::new());
    let base = &sample.company.base_dn;
    connector.add_account(&sample.company).ok();
    connector.apply(&journey::mapping("People", base, "")).ok();
    let everybody = connector.preview("People");
    connector.apply(&journey::mapping("People", base, "country = \"DE\"")).ok();
    let germans = connector.preview("People");
    let of = |preview: &Value, kind: &str| -> Vec<String> {
        let people = preview["people"].as_array().unwrap().iter();
        let meant = people.filter(|one| one["reason_kind"] == kind && !one["user_name"].is_null());
        meant.map(|one| one["user_name"].as_str().unwrap().to_owned()).collect()
    };
    let inside = of(&germans, "new");
    let outside = of(&everybody, "new").into_iter().find(|name| !inside.contains(name)).unwrap();
    // Somebody in the cloud has a name that belongs to one of them.
    let taken = &inside[0];
    let user = json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": taken,
        "externalId": "somebody-else", "active": true, "emails": [{ "value": "other@elsewhere.example", "primary": true }] });
    let (status, answer) = cloud.scim("POST", "Users", Some(user));
    assert_eq!(status, 201, "{answer}");
    connector.register(&cloud).ok();
    let _running = connector.start(&cloud);
    let record = cloud.sync("People");
    assert_eq!(record["refused"], json!(1), "{record}");
    for kind in ["disabled", "no_email"] {
        let user =
            of(&germans, kind).into_iter().next().unwrap_or_else(|| panic!("nobody: {kind}"));
        let told = explained(&connector, &user);
        let found = (&told["standing"], &told["reason"]["reason_kind"], &told["mapping"]);
        assert_eq!(found, (&json!("skipped"), &json!(kind), &json!("People")), "{user}: {told}");
        let printed = connector.run(&["explain", &user], "").ok().out;
        assert!(printed.contains("is covered by \"People\" and is skipped"), "{printed}");
    }
    let told = explained(&connector, &outside);
    let found = (&told["standing"], &told["reason"]["reason_kind"]);
    let outside = [json!("left_country"), json!("undecided")];
    assert!(*found.0 == json!("not_covered") && outside.contains(found.1), "{told}");
    let told = explained(&connector, taken);
    assert_eq!(told["standing"], json!("refused"), "{told}");
    assert!(told["refused"]["message"].as_str().is_some_and(|why| !why.is_empty()));
    // Wherever they are.
    connector.apply(&journey::mapping("People", base, "")).ok();
    for (user, password, outcome, _) in
        sample.company.refused.iter().filter(|one| ["disabled", "hours"].contains(&one.0.as_str()))
    {
        assert_eq!(connector.sign_in(user, password).0, *outcome);
        assert_eq!(explained(&connector, user)["sign_ins"][0]["outcome"], json!(outcome));
    }
    let nobody = connector.json(&["explain", "nobody.at.all"]);
    assert_eq!((nobody.code, &nobody.json()["people"]), (1, &json!([])));
    let runs = connector.json(&["imports"]).ok().json();
    assert_eq!(&runs[0]["record"], &connector.status()["last_imports"][0]);
    let journal = connector.json(&["journal", "--kind", "settings", "--limit", "1"]).ok().json();
    assert!(journal[0]["detail"]["by"]["uid"].is_u64(), "{journal}");
}

#[test]
fn commands_that_cannot_do_anything_fail_and_say_so() {
    let (cloud, connector) = (Cloud::start(), Connector::new());
    assert_eq!(connector.json(&["sync"]).error_code(), "not_found");
    assert_eq!(connector.run(&["journal", "--kind", "nonsense"], "").code, 2);
    assert_eq!(connector.json(&["status"]).code, 1, "nothing runs");
    connector.register(&cloud).ok();
    let _running = connector.start(&cloud);
    assert_eq!(connector.json(&["cancel"]).error_code(), "not_found");
    assert_eq!(connector.json(&["status"]).code, 0);
    let level = connector.json(&["settings", "set", "log_level=debug"]);
    level.ok();
    let journal = connector.json(&["journal", "--kind", "settings", "--limit", "1"]).ok().json();
    assert_eq!(journal[0]["detail"]["by"]["door"], json!("command_line"), "{journal}");
}

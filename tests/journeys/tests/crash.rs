//! A crash at any moment of an import loses nobody and doubles nobody.

use journeys::process::wait_for;
use journeys::{Cloud, Connector, SampleCompany, journey};
use serde_json::json;
use std::collections::HashSet;
use std::time::Duration;

const PEOPLE: usize = 20_000;

fn start() -> (SampleCompany, Cloud, Connector) {
    let sample = SampleCompany::start("ldap", PEOPLE);
    let (cloud, connector) = (Cloud::start(), Connector::new());
    journey::prepare(&connector, &sample.company);
    connector.register(&cloud).ok();
    (sample, cloud, connector)
}

/// Asks for an import and does not wait for its end.
fn ask(cloud: &Cloud) {
    let (status, body) = cloud.admin("POST", "mappings/People/sync?wait=false", Some(json!({})));
    assert!(status < 300, "{status} {body}");
}

fn everybody_is_there_once(connector: &Connector, cloud: &Cloud) {
    let preview = wait_for("the whole import", Duration::from_secs(120), || {
        // A preview reads everybody: none beside the import.
        let status = connector.status();
        if status["importing"] != json!([]) || !status["last_imports"][0]["error"].is_null() {
            return None;
        }
        let preview = connector.preview("People");
        (journey::count(&preview, "create") == 0).then_some(preview)
    });
    let users = cloud.users();
    let identities: HashSet<&str> = users.iter().filter_map(|u| u["externalId"].as_str()).collect();
    assert_eq!(users.len(), identities.len(), "somebody is there twice");
    assert_eq!(users.len() as u64, journey::count(&preview, "unchanged"));
    assert!(users.iter().all(|u| u["active"] == json!(true)), "somebody was made inactive");
    assert!(users.len() > PEOPLE * 9 / 10);
}

#[test]
fn the_connector_dies_ten_times() {
    let (_sample, cloud, connector) = start();
    for _ in 0..10 {
        let running = connector.start(&cloud);
        ask(&cloud);
        std::thread::sleep(Duration::from_millis(rand::random_range(20..900)));
        running.kill9();
    }
    let _running = connector.start(&cloud);
    ask(&cloud);
    everybody_is_there_once(&connector, &cloud);
}

#[test]
fn the_cloud_dies_five_times() {
    let (_sample, mut cloud, connector) = start();
    let _running = connector.start(&cloud);
    for _ in 0..5 {
        wait_for("the session", Duration::from_secs(60), || cloud.connected().then_some(()));
        ask(&cloud);
        std::thread::sleep(Duration::from_millis(rand::random_range(20..900)));
        cloud.kill9();
        cloud.restart();
    }
    wait_for("the session", Duration::from_secs(90), || cloud.connected().then_some(()));
    everybody_is_there_once(&connector, &cloud);
}

//! The week that the demo shows in its window.

use journeys::company::week::{AGO, Week};
use journeys::{Clock, Cloud, Connector, SampleCompany, journey};
use serde_json::Value;
use std::collections::BTreeSet;
use std::time::Duration;

const DAY_MS: i64 = 24 * 3_600_000;

#[test]
fn every_day_of_a_week_has_its_import_and_the_last_one_waits() {
    let clock = Clock::find().expect("libfaketime is installed");
    clock.turn_back(AGO);
    let mut sample = SampleCompany::start_at(Some(&clock), "ad", 2000);
    let company = sample.company.clone();
    let cloud = Cloud::start_at(Some(&clock), &[]);
    let mut connector = Connector::new();
    connector.live_by(&clock);
    connector.register(&cloud).ok();
    journey::prepare(&connector, &company);
    let running = connector.start(&cloud);
    let week = Week::begin(&clock, &mut sample, &cloud, &connector);
    journey::import(&connector, &cloud);
    let (running, told) = week.live(running);
    assert!(told.contains("7 imports: 32 people added"), "{told}");

    // As the program tells it today.
    let imports = connector.json(&["imports"]).ok().json();
    let ended = |one: &Value| one["record"]["finished_ms"].as_i64().unwrap();
    let ended: Vec<i64> = imports.as_array().unwrap().iter().map(ended).collect();
    let days = ended.windows(2).map(|pair| (pair[0] - pair[1] + DAY_MS / 2) / DAY_MS);
    assert_eq!(days.collect::<Vec<_>>(), [1; 7], "{imports}");
    let status = connector.status();
    assert_eq!(status["awaiting_approval"][0]["people"], 240, "{status}");
    let signed_in = connector.json(&["journal", "--kind", "sign_in", "--limit", "200"]).ok();
    let signed_in = signed_in.json();
    let hours: BTreeSet<i64> = signed_in
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| Some(one["at_ms"].as_i64()? / 3_600_000))
        .collect();
    assert!(hours.len() >= 15, "{hours:?}");
    assert_eq!(running.stop(Duration::from_secs(15)), Some(0));
}

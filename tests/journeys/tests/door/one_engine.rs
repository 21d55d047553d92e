//! One engine for a home, whoever asks: a service, and many commands at once.
#![cfg(target_os = "linux")]

use journeys::counted::{connections, engines};
use journeys::process::wait_for;
use journeys::{Cloud, Connector, SampleCompany, journey};
use std::process::Stdio;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(20);

fn set_up(company: &journeys::Company) -> Connector {
    let connector = Connector::new();
    connector.add_account(company).ok();
    connector.apply(&journey::mapping("People", &company.base_dn, "")).ok();
    connector
}

#[test]
fn a_service_and_forty_commands_at_once_are_one_engine() {
    let sample = SampleCompany::start("ad", 60);
    let connector = set_up(&sample.company);
    let service = connector.start_alone();
    wait_for("the engine", LIMIT, || (connector.status()["running"] == true).then_some(()));
    let clicks: Vec<_> = (0..40)
        .map(|_| {
            let mut click = connector.command(&["--json", "browse", "units"]);
            click.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
        })
        .collect();
    let mut most = 0;
    let ended = clicks.into_iter().map(|mut click| {
        most = most.max(engines(&connector.home()));
        click.wait().unwrap().success()
    });
    let ended: Vec<bool> = ended.collect();
    assert_eq!((ended.iter().filter(|ok| **ok).count(), most), (40, 1));
    assert_eq!(service.stop(LIMIT), Some(0));
    assert_eq!(engines(&connector.home()), 0);
}

#[test]
fn two_hundred_clicks_need_no_more_connections_than_the_pool_has() {
    let sample = SampleCompany::start("ad", 60);
    let connector = set_up(&sample.company);
    let service = connector.start_alone();
    wait_for("the engine", LIMIT, || (connector.status()["running"] == true).then_some(()));
    let mut most = 0;
    for _ in 0..200 {
        connector.json(&["browse", "units"]).ok();
        most = most.max(connections(&sample.company.server));
    }
    assert!((1..=4).contains(&most), "{most} connections for one click after another");
    assert_eq!(service.stop(LIMIT), Some(0));
}

#[test]
fn commands_without_a_service_share_one_engine_and_both_end_well() {
    let sample = SampleCompany::start("ad", 60);
    let connector = set_up(&sample.company);
    for _ in 0..5 {
        let both = ["units", "groups"].map(|what| {
            let mut browse = connector.command(&["--json", "browse", what]);
            browse.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        });
        for browse in both {
            let output = browse.wait_with_output().unwrap();
            assert!(output.status.success(), "{output:?}");
        }
    }
    // An engine that is to stay waits for the command that has the home.
    let mut preview = connector.command(&["--json", "preview", "People"]);
    let mut preview = preview.stdout(Stdio::null()).spawn().unwrap();
    let service = connector.start_alone();
    wait_for("the engine", LIMIT, || (connector.status()["running"] == true).then_some(()));
    assert!(preview.wait().unwrap().success());
    assert_eq!(service.stop(LIMIT), Some(0));
}

/// The budget of wrong passwords is one, whichever door the guesses come through.
#[test]
fn guesses_through_every_door_are_counted_together() {
    let sample = SampleCompany::start("ad", 60);
    let cloud = Cloud::start();
    let connector = set_up(&sample.company);
    connector.register(&cloud).ok();
    let service = connector.start(&cloud);
    let (user, password) = &sample.company.right;
    for round in 0..3 {
        connector.sign_in(user, &format!("guess {round}"));
        cloud.sign_in(user, &format!("other guess {round}"));
    }
    assert_eq!(connector.sign_in(user, password).0, "throttled");
    let journal = connector.json(&["journal", "--kind", "sign_in"]).ok().json();
    // Refusals that repeat within a minute are one entry, with their number.
    let times = |entry: &serde_json::Value| entry["detail"]["times"].as_u64().unwrap_or(1);
    let entries = journal.as_array().unwrap();
    // The domain locks at five: three guesses reached it, whether they came through this door or that.
    let wrong = entries.iter().filter(|entry| entry["detail"]["code"] == "wrong_password");
    let (wrong, all) = (wrong.map(times).sum::<u64>(), entries.iter().map(times).sum::<u64>());
    assert_eq!((wrong, all), (3, 7), "{journal}");
    assert_eq!(service.stop(LIMIT), Some(0));
}

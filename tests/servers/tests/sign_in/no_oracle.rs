//! Nobody outside learns whether a name exists: unknown, wrong password and not in scope look alike and take the same time.

use journeys::{Cloud, Connector, journey};
use serde_json::json;
use servers::{Slapd, SlapdOptions, company, ldif};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Of each kind. Of so many that differ by chance alone a threshold tells more than 55 % apart in less than one run of
/// a hundred thousand.
const TRIES: usize = 1_500;
const THREADS: usize = 24;

/// How often the best threshold on time tells two kinds apart; one half is chance.
fn told_apart(one: &[Duration], other: &[Duration]) -> f64 {
    let below = |some: &[Duration], limit: &Duration| {
        let count = some.iter().filter(|time| *time <= limit).count();
        f64::from(u32::try_from(count).unwrap()) / f64::from(u32::try_from(some.len()).unwrap())
    };
    let gaps = one.iter().chain(other).map(|limit| (below(one, limit) - below(other, limit)).abs());
    0.5 + gaps.fold(0.0, f64::max) / 2.0
}

#[test]
fn unknown_wrong_and_not_in_scope_are_one_answer_in_one_time() {
    let people = 2 * TRIES;
    let options = SlapdOptions { people, quirks: false, ..SlapdOptions::default() };
    let server = Slapd::start(&options).unwrap();
    let company = company::slapd(&server, people);
    let (cloud, connector) = (Cloud::start(), Connector::new());
    connector.add_account(&company).ok();
    let units: Vec<String> =
        (0..10).map(|n| format!("ou=dept{n:02},ou=people,{}", ldif::BASE_DN)).collect();
    let inside = format!("units = {}", json!(units));
    connector.apply(&journey::mapping("People", &company.base_dn, &inside)).ok();
    connector.json(&["settings", "set", "follow_changes=false"]).ok();
    connector.register(&cloud).ok();
    let running = connector.start(&cloud);
    let right = ldif::person_uid(0);
    assert_eq!(cloud.sign_in(&right, &ldif::person_password(0)).0, 200);
    // Everybody is asked for once; half of the departments are outside.
    let names: [Vec<String>; 3] = [
        (0..TRIES).map(|n| format!("v{n:07}")).collect(),
        (0..people).filter(|n| n % 20 < 10).map(ldif::person_uid).collect(),
        (0..people).filter(|n| n % 20 >= 10).map(ldif::person_uid).collect(),
    ];
    let (next, times) = (AtomicUsize::new(0), Mutex::new([vec![], vec![], vec![]]));
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let client = cloud.client();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let (kind, try_number) = (number % 3, number / 3);
                    let Some(name) = names[kind].get(try_number) else { return };
                    let body = json!({ "user": name, "password": "wrong" });
                    let began = Instant::now();
                    let answer = cloud.post_with(&client, "/v1/sign-in", body);
                    let took = began.elapsed();
                    assert_eq!(answer, (401, json!({ "outcome": "not_ok" })), "{name}");
                    times.lock().unwrap()[kind].push(took);
                }
            });
        }
    });
    let times = times.into_inner().unwrap();
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
        let told = told_apart(&times[one], &times[other]);
        println!("kinds {one} and {other}: {told:.3}");
        assert!(told < 0.55, "kinds {one} and {other} are told apart: {told}");
    }
    assert_eq!(running.stop(Duration::from_secs(15)), Some(0));
}

//! Several connectors for one account: sign-ins go to any, the import to one at a time, and a death is nobody's loss.

use journeys::cloud::list;
use journeys::process::{Running, wait_for};
use journeys::{Cloud, Company, Connector, SampleCompany, journey};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// Sign-ins a second.
const RATE: u32 = 100;
/// How long sign-ins go on while connectors die.
const LENGTH: Duration = Duration::from_secs(120);
/// A connector dies every so often.
const BETWEEN_DEATHS: Duration = Duration::from_secs(4);
/// Sign-ins under way at most.
const CLIENTS: usize = 48;
/// One person in so many types a wrong password.
const WRONG: usize = 10;
/// So many people sign in in turns. What was on its way to the directory when a connector died may have been counted there,
/// and takes a place of the person's budget: nobody is among those more often than the budget allows.
const PEOPLE: usize = 18_000;

fn member(company: &Company, cloud: &Cloud) -> (Connector, Running) {
    let connector = Connector::new();
    connector.add_account(company).ok();
    connector.apply(&journey::mapping("People", &company.base_dn, "")).ok();
    connector.register(cloud).ok();
    let running = connector.start_alone();
    (connector, running)
}

fn connected(cloud: &Cloud) -> usize {
    let (_, body) = cloud.admin("GET", "connectors", None);
    list(&body).iter().filter(|c| c["connected"] == json!(true)).count()
}

fn all_connected(cloud: &Cloud, wanted: usize) {
    wait_for("every session", Duration::from_secs(60), || {
        (connected(cloud) == wanted).then_some(())
    });
}

/// Whether this connector imports the mapping, as it says itself.
fn imports(connector: &Connector) -> Option<bool> {
    let status = connector.status();
    let elsewhere = status["elsewhere"].as_array()?;
    (status["cloud"]["state"] == json!("connected")).then_some(elsewhere.is_empty())
}

#[test]
fn the_import_goes_on_where_another_connector_died() {
    let sample = SampleCompany::start("ldap", 20_000);
    let cloud = Cloud::start();
    let (first, running) = member(&sample.company, &cloud);
    all_connected(&cloud, 1);
    let (second, _standing_by) = member(&sample.company, &cloud);
    all_connected(&cloud, 2);
    wait_for("one of them to stand by", Duration::from_secs(10), || {
        (imports(&first) == Some(true) && imports(&second) == Some(false)).then_some(())
    });
    assert_eq!(second.json(&["sync", "People"]).error_code(), "import_elsewhere");
    let (status, body) = cloud.admin("POST", "mappings/People/sync?wait=false", Some(json!({})));
    assert!(status < 300, "{status} {body}");
    let count = || {
        let (_, body) = cloud.admin("GET", "users?count=1", None);
        body["total"].as_u64().unwrap_or(0)
    };
    wait_for("a part of the people", Duration::from_secs(60), || (count() > 3000).then_some(()));
    running.kill9();
    let died = Instant::now();
    let there = count();
    let took = wait_for("the import on the other", Duration::from_secs(30), || {
        let (_, body) = cloud.admin("GET", "imports", None);
        let goes_on = body["running"].as_array().is_some_and(|running| !running.is_empty());
        (goes_on || body["imports"].as_array().is_some_and(|ended| !ended.is_empty()))
            .then(|| died.elapsed())
    });
    assert!(took < Duration::from_secs(10), "the import stood still for {took:?}");
    let record = wait_for("its end", Duration::from_secs(120), || {
        let (_, body) = cloud.admin("GET", "imports", None);
        body["imports"].as_array()?.first().cloned()
    });
    let counted = |change: &str| record["counts"][change].as_u64().unwrap_or(0);
    assert!(counted("unchanged") >= there, "it started over: {record}");
    assert_eq!((counted("update"), counted("preserve"), counted("adopt")), (0, 0, 0), "{record}");
    let everybody = count();
    assert_eq!(counted("unchanged") + counted("create"), everybody, "{record}");
    assert!(there < everybody, "the import had ended before the death");
    println!("{there} of {everybody} were there, the other connector went on after {took:?}");

    // The first comes back, stands by, and knows what the other did.
    let _again = first.start_alone();
    all_connected(&cloud, 2);
    wait_for("the first to stand by", Duration::from_secs(10), || {
        (imports(&first) == Some(false)).then_some(())
    });
    let preview = first.preview("People");
    assert_eq!(journey::count(&preview, "unchanged"), everybody, "{}", preview["counts"]);
}

#[test]
fn no_sign_in_is_lost_while_connectors_die() {
    let sample = SampleCompany::start("ldap", 20_000);
    let cloud = Cloud::start();
    let mut members: Vec<(Connector, Option<Running>)> = (0..3)
        .map(|_| member(&sample.company, &cloud))
        .map(|(connector, running)| (connector, Some(running)))
        .collect();
    all_connected(&cloud, 3);
    let over = Arc::new(AtomicBool::new(false));
    let (times, deaths) = thread::scope(|scope| {
        let clients = scope.spawn(|| sign_ins(&cloud));
        let over_ = over.clone();
        let killer = scope.spawn(move || {
            let mut deaths = 0;
            for turn in 0.. {
                thread::sleep(BETWEEN_DEATHS);
                if over_.load(Ordering::Relaxed) {
                    break;
                }
                let (connector, running) = &mut members[turn % 3];
                running.take().expect("it runs").kill9();
                *running = Some(connector.start_alone());
                deaths += 1;
            }
            deaths
        });
        let times = clients.join();
        // Also where the clients failed: else connectors would die for ever.
        over.store(true, Ordering::Relaxed);
        let times = times.unwrap_or_else(|failure| std::panic::resume_unwind(failure));
        (times, killer.join().expect("the killer ends"))
    });
    let at = |share: f64| {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss
        )]
        let place = (times.len() as f64 * share) as usize;
        times[place.min(times.len() - 1)]
    };
    println!(
        "{} sign-ins, {deaths} deaths: p50 {:?}, p99 {:?}, longest {:?}",
        times.len(),
        at(0.5),
        at(0.99),
        at(1.0)
    );
    assert!(deaths >= 20, "only {deaths} deaths");
    assert!(at(0.99) < Duration::from_secs(2), "p99 is {:?}", at(0.99));
}

/// So many sign-ins a second, each counted from the moment it was due, sorted by how long they took. Every answer is the
/// right one: a person's password is always right or always wrong.
fn sign_ins(cloud: &Cloud) -> Vec<Duration> {
    let total = usize::try_from(u64::from(RATE) * LENGTH.as_secs()).expect("a number");
    let (next, began) = (AtomicUsize::new(0), Instant::now());
    let (times, wrong) = (Mutex::new(Vec::with_capacity(total)), Mutex::new(Vec::<Value>::new()));
    thread::scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(|| {
                let client = cloud.client();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= total {
                        return;
                    }
                    let due = began + Duration::from_secs(1) / RATE * u32::try_from(number).expect("small");
                    thread::sleep(due.saturating_duration_since(Instant::now()));
                    // Those who mistype do so once, so that nobody is slowed down.
                    let mistypes = number % WRONG == 0 && number / WRONG < 400;
                    let user = if mistypes { PEOPLE + 1 + number / WRONG } else { 1 + number % PEOPLE };
                    let name = format!("u{user:07}");
                    let password = if mistypes { "wrong".to_owned() } else { format!("pw-{name}") };
                    let body = json!({ "user": name, "password": password });
                    let (status, answer) = cloud.post_with(&client, "/v1/sign-in", body);
                    let expected = if mistypes { (401, "not_ok") } else { (200, "ok") };
                    if (status, answer["outcome"].as_str().unwrap_or_default()) != expected {
                        let what = json!({ "user": name, "status": status, "answer": answer, "number": number });
                        wrong.lock().expect("a lock").push(what);
                    }
                    times.lock().expect("a lock").push(due.elapsed());
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("a lock");
    assert!(
        wrong.is_empty(),
        "{} of {total} have another answer: {:?}",
        wrong.len(),
        &wrong[..wrong.len().min(10)]
    );
    let mut times = times.into_inner().expect("a lock");
    times.sort_unstable();
    times
}

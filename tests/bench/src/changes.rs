//! A round of changes against a full round, and what following costs while nothing happens.

use crate::forward::Forward;
use crate::measure::{cpu, median};
use crate::reads::Directory;
use crate::table::Table;
use journeys::process::{Running, wait_for};
use journeys::{Cloud, Company, Connector, SampleCompany, journey};
use serde_json::Value;
use std::time::{Duration, Instant};

/// People who change in a round.
const CHANGES: usize = 100;
/// The target: a round of changes costs at most this share of a full one.
const SHARE: f64 = 0.02;
/// How long nothing happens.
const IDLE: Duration = Duration::from_secs(60);

/// A connector that follows a directory through a counting port.
struct Followed {
    cloud: Cloud,
    connector: Connector,
    running: Running,
    forward: Forward,
}

/// What a round cost.
struct Round {
    entries: f64,
    bytes: f64,
    cpu: f64,
    seconds: f64,
}

type Figure = fn(&Round) -> f64;
type Shown = fn(f64) -> String;

impl Followed {
    fn start(company: &Company) -> Self {
        let forward = Forward::to(&company.server);
        let company = Company { server: forward.address.to_string(), ..company.clone() };
        let (cloud, connector) = (Cloud::start_with(&["--log", "error"]), Connector::new());
        connector.add_account(&company).ok();
        connector.apply(&journey::mapping("People", &company.base_dn, "")).ok();
        connector.register(&cloud).ok();
        let running = connector.start(&cloud);
        cloud.sync("People");
        let it = Self { cloud, connector, running, forward };
        wait_for("a follower", Duration::from_secs(60), || {
            let status = it.connector.json(&["status"]).json();
            let following = status["following"].as_array()?.first()?.clone();
            following["error"].is_null().then_some(())
        });
        it
    }

    /// The records of rounds of changes, the newest first.
    fn rounds(&self) -> Vec<Value> {
        let journal = self.connector.json(&["journal", "--kind", "changes", "--limit", "1000"]);
        journal
            .ok()
            .json()
            .as_array()
            .expect("a list")
            .iter()
            .map(|e| e["detail"].clone())
            .collect()
    }

    fn spent(&self) -> (u64, f64) {
        (self.forward.bytes(), cpu(self.running.id()))
    }
}

/// Measures both kinds of round on a slapd.
pub fn compare(people: usize, runs: usize, table: &mut Table) {
    let directory = Directory::start(people);
    let followed = Followed::start(&directory.company);
    let preview = followed.connector.preview("People");
    let dns: Vec<&str> = preview["people"]
        .as_array()
        .expect("people")
        .iter()
        .filter_map(|p| p["dn"].as_str())
        .collect();
    let (mut few, mut all) = (vec![], vec![]);
    for run in 0..=runs {
        let changed = &dns[run * CHANGES..][..CHANGES];
        let of_changes = changes(&directory, &followed, changed, run);
        let full = full(&followed);
        if run > 0 {
            few.push(of_changes);
            all.push(full);
        }
    }
    let middle = |rounds: &[Round], what: fn(&Round) -> f64| median(rounds.iter().map(what));
    let whats: [(&str, Figure, Shown); 4] = [
        ("entries", |r| r.entries, |v| format!("{v:.0}")),
        ("bytes to and from the directory", |r| r.bytes, |v| format!("{:.0} KiB", v / 1024.0)),
        ("CPU", |r| r.cpu, |v| format!("{:.0} ms", v * 1000.0)),
        ("time", |r| r.seconds, |v| format!("{:.0} ms", v * 1000.0)),
    ];
    for (name, what, shown) in whats {
        let (part, whole) = (middle(&few, what), middle(&all, what));
        table.target(
            &format!("(e) {CHANGES} changes : full round of {people}, {name}"),
            format!("{} : {} = {:.2} %", shown(part), shown(whole), part / whole * 100.0),
            "≤ 2 %",
            part / whole <= SHARE,
        );
    }
    idle("OpenLDAP (syncrepl)", &followed, table);
    drop(followed);
    let sample = SampleCompany::start("ad", 2000);
    idle("AD face (uSNChanged)", &Followed::start(&sample.company), table);
}

/// From the change in the directory to the acknowledgement of the last of them.
fn changes(directory: &Directory, followed: &Followed, dns: &[&str], run: usize) -> Round {
    let title = format!("Title {run}");
    let edits = dns
        .iter()
        .map(|dn| format!("dn: {dn}\nchangetype: modify\nreplace: title\ntitle: {title}\n\n"));
    let known = followed.rounds().len();
    let (bytes, cpu) = followed.spent();
    directory.modify(&edits.collect::<String>());
    let acknowledged = |rounds: &[Value]| -> u64 {
        rounds.iter().filter_map(|round| round["acknowledged"].as_u64()).sum()
    };
    let rounds = wait_for("the changes", Duration::from_secs(60), || {
        let mut rounds = followed.rounds();
        rounds.truncate(rounds.len() - known);
        (acknowledged(&rounds) as usize >= dns.len()).then_some(rounds)
    });
    let after = followed.spent();
    let sum = |key: &str| rounds.iter().filter_map(|round| round[key].as_f64()).sum::<f64>();
    Round {
        // Each was announced once and read once.
        entries: sum("read") + dns.len() as f64,
        bytes: (after.0 - bytes) as f64,
        cpu: after.1 - cpu,
        seconds: (sum("finished_ms") - sum("started_ms")) / 1000.0,
    }
}

fn full(followed: &Followed) -> Round {
    let (bytes, cpu) = followed.spent();
    let record = followed.cloud.sync("People");
    assert_eq!(
        record["acknowledged"].as_u64(),
        Some(0),
        "a full read found a difference: {record}"
    );
    let after = followed.spent();
    let number = |key: &str| record[key].as_f64().expect("a number");
    Round {
        entries: number("read"),
        bytes: (after.0 - bytes) as f64,
        cpu: after.1 - cpu,
        seconds: (number("finished_ms") - number("started_ms")) / 1000.0,
    }
}

fn idle(what: &str, followed: &Followed, table: &mut Table) {
    // What a start leaves behind has ended.
    std::thread::sleep(Duration::from_secs(5));
    let (bytes, cpu) = followed.spent();
    let began = Instant::now();
    std::thread::sleep(IDLE);
    let after = followed.spent();
    let minutes = began.elapsed().as_secs_f64() / 60.0;
    table.figure(
        &format!("(e) following with nothing to do, a minute, {what}: CPU / bytes"),
        format!(
            "{:.0} ms / {:.1} KiB",
            (after.1 - cpu) * 1000.0 / minutes,
            (after.0 - bytes) as f64 / 1024.0 / minutes
        ),
    );
}

//! The main job in one go, on a sample company: browse, import, sign in, activate.
//! Prints one line each with real counts; any step that does not hold ends the program with an error.

mod window;

use journeys::company::week::{self, Week};
use journeys::{Clock, Cloud, Connector, SampleCompany, journey};
use std::time::{Duration, Instant};

/// People of the sample company.
const PEOPLE: usize = 2000;

fn main() {
    let began = Instant::now();
    say("sandbox", "starting a sample company (Active Directory face) and a local cloud");
    // Before the window opens, a week passes in the company.
    let clock = if window::is_wanted() { Clock::find() } else { None };
    let clock = clock.as_ref();
    if let Some(clock) = clock {
        clock.turn_back(week::AGO);
    }
    let mut sample = SampleCompany::start_at(clock, "ad", PEOPLE);
    let company = &sample.company.clone();
    let cloud = Cloud::start_at(clock, &[]);
    // A keychain where the caller brings one (D-Bus session), else a file sealed with a key.
    let keychain = std::env::var("DBUS_SESSION_BUS_ADDRESS").ok();
    let mut connector = match &keychain {
        Some(address) => Connector::in_keychain([("DBUS_SESSION_BUS_ADDRESS", address.clone())]),
        None => Connector::new(),
    };
    say(
        "secrets",
        if keychain.is_some() {
            "in a keychain of their own (Secret Service)"
        } else {
            "in a file sealed with a key"
        },
    );
    if let Some(clock) = clock {
        connector.live_by(clock);
    } else if window::is_wanted() {
        say("a week", "left out: libfaketime is not installed");
    }
    connector.register(&cloud).ok();
    say("register", &format!("registered with {} by a one-time key", cloud.url));
    let found = journey::prepare(&connector, company);
    let mut running = connector.start(&cloud);
    journey::from_the_console(&connector, &cloud, company);
    let week = clock.map(|clock| Week::begin(clock, &mut sample, &cloud, &connector));
    say("1 browse", &found);
    say("2 import", &journey::import(&connector, &cloud));
    say("3 sign in", &journey::sign_in(&connector, &cloud, company));
    say("4 activate", &journey::activate(&cloud, company));
    if let Some(week) = week {
        let (still_running, told) = week.live(running);
        running = still_running;
        say("a week", &told);
    }
    let status = connector.status();
    say("status", status["sentence"].as_str().unwrap_or_default());
    running.stop(Duration::from_secs(15));
    say("done", &format!("all four jobs worked, in {:.1} s", began.elapsed().as_secs_f64()));
    window::open(&connector);
}

pub(crate) fn say(step: &str, what: &str) {
    println!("{step:<12}{what}");
}

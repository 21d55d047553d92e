//! The main job in one go, on a sample company: browse, import, sign in, activate.
//! Prints one line each with real counts; any step that does not hold ends the program with an error.

mod window;

use journeys::{Cloud, Connector, SampleCompany, journey};
use std::time::{Duration, Instant};

/// People of the sample company.
const PEOPLE: usize = 2000;

fn main() {
    let began = Instant::now();
    say("sandbox", "starting a sample company (Active Directory face) and a local cloud");
    let sample = SampleCompany::start("ad", PEOPLE);
    let company = &sample.company;
    let cloud = Cloud::start();
    // A keychain where the caller brings one (D-Bus session), else a file sealed with a key.
    let keychain = std::env::var("DBUS_SESSION_BUS_ADDRESS").ok();
    let connector = match &keychain {
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
    connector.register(&cloud).ok();
    say("register", &format!("registered with {} by a one-time key", cloud.url));
    let found = journey::prepare(&connector, company);
    let running = connector.start(&cloud);
    journey::from_the_console(&connector, &cloud, company);
    say("1 browse", &found);
    say("2 import", &journey::import(&connector, &cloud));
    say("3 sign in", &journey::sign_in(&connector, &cloud, company));
    say("4 activate", &journey::activate(&cloud, company));
    let status = connector.status();
    say("status", status["sentence"].as_str().unwrap_or_default());
    running.stop(Duration::from_secs(15));
    say("done", &format!("all four jobs worked, in {:.1} s", began.elapsed().as_secs_f64()));
    window::open(&connector);
}

pub(crate) fn say(step: &str, what: &str) {
    println!("{step:<12}{what}");
}

//! One engine for a home, the window among those who ask: with a service, and without one.
#![cfg(target_os = "linux")]

use desktop::prepared::prepare;
use desktop::{Desk, Hands, Way};
use fantoccini::wd::TimeoutConfiguration;
use journeys::counted::{connections, engines};
use journeys::process::wait_for;
use journeys::{Cloud, SampleCompany};
use serde_json::Value;
use std::io::Write;
use std::process::{Child, Stdio};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(20);
/// Connections that the pool of a directory has at most.
const POOL: usize = 16;

/// Two hundred clicks in the tree of organizational units, as fast as the page can: how many were answered.
const CLICKS: &str = r#"
    const done = arguments[arguments.length - 1];
    const query = { under: null, search: null, limit: 100 };
    const click = () => window.__TAURI_INTERNALS__.invoke("browse_units", { account: "corp", query });
    Promise.all(Array.from({ length: 200 }, click)).then((all) => done(all.length), (e) => done(JSON.stringify(e)));
"#;

fn until_it_runs(desk: &Desk) {
    wait_for("the engine", LIMIT, || {
        desk.command_line(&["status"]).output().unwrap().status.success().then_some(())
    });
}

fn commands(desk: &Desk, count: usize) -> Vec<Child> {
    let start = |_| {
        let mut click = desk.command_line(&["--json", "browse", "units", "--account", "corp"]);
        click.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    (0..count).map(start).collect()
}

/// The window clicks and commands ask at once; the most engines and connections that were there meanwhile.
async fn everybody_asks(desk: &Desk, hands: &Hands, server: &str) -> (usize, usize) {
    let patience = TimeoutConfiguration::new(Some(Duration::from_secs(120)), None, None);
    hands.client.update_timeouts(patience).await.unwrap();
    let commands = commands(desk, 20);
    let (home, server) = (desk.home(), server.to_owned());
    let counted = tokio::task::spawn_blocking(move || {
        let mut most = (0, 0);
        for mut command in commands {
            most = (most.0.max(engines(&home)), most.1.max(connections(&server)));
            assert!(command.wait().unwrap().success());
        }
        most
    });
    let answered = hands.client.execute_async(CLICKS, vec![]).await.unwrap();
    assert_eq!(answered.as_u64(), Some(200), "{answered}");
    counted.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_a_service_and_commands_are_one_engine() {
    let (sample, cloud, desk) = (SampleCompany::start("ad", 60), Cloud::start(), Desk::new());
    prepare(&desk, &sample.company, &cloud);
    let service = desk.start_service();
    until_it_runs(&desk);
    let hands = Hands::open(&desk, Way::Mouse).await;
    let most = everybody_asks(&desk, &hands, &sample.company.server).await;
    assert_eq!(most.0, 1, "engines");
    assert!(most.1 <= POOL, "{} connections", most.1);
    hands.close().await;
    assert_eq!(service.stop(LIMIT), Some(0));
    assert_eq!(engines(&desk.home()), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_alone_holds_the_engine_that_commands_ask() {
    let (sample, cloud, desk) = (SampleCompany::start("ad", 60), Cloud::start(), Desk::new());
    prepare(&desk, &sample.company, &cloud);
    let hands = Hands::open(&desk, Way::Mouse).await;
    until_it_runs(&desk);
    let most = everybody_asks(&desk, &hands, &sample.company.server).await;
    assert_eq!(most.0, 1, "engines");
    assert!(most.1 <= POOL, "{} connections", most.1);
    // Wrong passwords are counted in that one engine, through whichever door they come.
    let (user, password) = &sample.company.right;
    for round in 0..2 {
        assert_eq!(outcome(&desk, user, &format!("guess {round}")), "wrong_password");
        cloud.sign_in(user, &format!("other guess {round}"));
    }
    assert_eq!(outcome(&desk, user, password), "throttled");
    hands.close().await;
}

/// How a sign-in from the command line ends.
fn outcome(desk: &Desk, user: &str, password: &str) -> String {
    let mut command = desk.command_line(&["--json", "sign-in", user, "--password-stdin"]);
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = piped.spawn().unwrap();
    child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    answer["outcome"].as_str().unwrap_or_default().to_owned()
}

//! The tray icon as a panel sees it: state and sentence follow the engine, and every line of the menu does its work.

use desktop::notices::Notices;
use desktop::prepared::{prepare, run};
use desktop::{Desk, Panel};
use journeys::process::wait_for;
use journeys::{Cloud, SampleCompany};
use servers::{Slapd, SlapdOptions, company};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(20);

fn has_window(desk: &Desk) -> bool {
    desk.windows().iter().any(|name| name == "inSync Connector")
}

#[tokio::test(flavor = "multi_thread")]
async fn state_and_sentence_follow_the_engine_and_every_line_does_its_work() {
    let sample = SampleCompany::start("ad", 10_000);
    let mut cloud = Cloud::start();
    let desk = Desk::new();
    let panel = Panel::new(&desk).await;
    prepare(&desk, &sample.company, &cloud);
    let program = desk.start(&["--hidden"]);
    let icon = panel.icon().await;

    icon.until("attention", "Connected. The mapping \"People\" is waiting for its first import")
        .await;
    let lines: Vec<String> = icon.menu().await.into_iter().map(|(_, words, _)| words).collect();
    assert_eq!(&lines[1..], ["Open", "Import now", "Pause", "Diagnostics", "Quit"]);
    assert!(!has_window(&desk), "hidden means without a window");

    icon.choose("Import now").await;
    icon.until("working", "Connected. Importing \"People\"").await;
    icon.until("connected", "Connected. 9,7").await;
    assert!(cloud.users().len() > 9700);

    icon.choose("Pause").await;
    icon.until("attention", "Paused: imports wait").await;
    icon.choose("Resume").await;
    icon.until("connected", "Connected.").await;

    icon.choose("Open").await;
    wait_for("the window", PATIENCE, || has_window(&desk).then_some(()));

    cloud.kill9();
    icon.until("disconnected", "Not connected to the cloud").await;
    icon.until_line("Import now", false).await;
    cloud.restart();
    icon.until("connected", "Connected.").await;

    assert_eq!(program.stop(Duration::from_secs(15)), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_shows_the_window_of_the_first() {
    let desk = Desk::new();
    let panel = Panel::new(&desk).await;
    let mut first = desk.start(&["--hidden"]);
    panel.icon().await.until("disconnected", "Not registered with a cloud yet.").await;
    assert!(!has_window(&desk));
    assert_eq!(desk.start(&[]).wait(PATIENCE), Some(0));
    wait_for("the window", PATIENCE, || has_window(&desk).then_some(()));
    // Closed by the window manager: the window is gone, the engine and the icon stay.
    desk.close_window("inSync Connector");
    wait_for("the window's end", PATIENCE, || (!has_window(&desk)).then_some(()));
    panel.icon().await.until("disconnected", "Not registered with a cloud yet.").await;
    assert!(first.is_alive());
    assert_eq!(first.stop(Duration::from_secs(15)), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_is_told_once_and_again_after_it_was_over() {
    let mut server =
        Slapd::start(&SlapdOptions { people: 20, quirks: false, ..SlapdOptions::default() })
            .unwrap();
    let company = company::slapd(&server, 20);
    let cloud = Cloud::start();
    let desk = Desk::new();
    let (panel, notices) = (Panel::new(&desk).await, Notices::new(&desk).await);
    prepare(&desk, &company, &cloud);
    let program = desk.start(&["--hidden"]);
    let icon = panel.icon().await;
    icon.until("attention", "Connected.").await;

    server.stop().unwrap();
    for _ in 0..3 {
        let _ = cloud.sync("People");
    }
    icon.until(
        "attention",
        "The directory \"corp\" cannot be reached: imports wait, and nobody is deactivated.",
    )
    .await;
    let told = wait_for("a notification", PATIENCE, || {
        Some(notices.all()).filter(|told| !told.is_empty())
    });
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].0, "AD connection status");

    server.restart().unwrap();
    let _ = cloud.sync("People");
    icon.until("connected", "Connected. 20 people imported.").await;
    server.stop().unwrap();
    let _ = cloud.sync("People");
    wait_for("the second notification", PATIENCE, || {
        Some(notices.all()).filter(|told| told.len() == 2)
    });
    assert_eq!(program.stop(Duration::from_secs(15)), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_service_is_attached_to_and_goes_on() {
    let desk = Desk::new();
    let panel = Panel::new(&desk).await;
    let service = desk.start_service();
    wait_for("the service", PATIENCE, || {
        run(&desk, &["status"], "").contains("Not registered").then_some(())
    });
    let program = desk.start(&["--hidden"]);
    panel.icon().await.until("disconnected", "Not registered with a cloud yet.").await;
    assert_eq!(program.stop(Duration::from_secs(15)), Some(0));
    assert!(run(&desk, &["status"], "").contains("Not registered"));
    assert_eq!(service.stop(Duration::from_secs(15)), Some(0));
}

//! What the tray icon asks of an open window: a screen, and whether to quit.

use desktop::{Desk, Hands, Panel, Way};
use journeys::process::wait_for;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn diagnostics_are_opened_and_quitting_is_asked_first() {
    let desk = Desk::new();
    let panel = Panel::new(&desk).await;
    let hands = Hands::open(&desk, Way::Keyboard).await;
    let icon = panel.icon().await;
    icon.choose("Diagnostics").await;
    hands.press("Run the checks").await;
    hands.see("Not registered with a cloud yet.").await;

    icon.choose("Quit").await;
    hands.see("Imports and sign-ins stop until you start it again.").await;
    hands.press("Cancel").await;
    hands.until("the question's end", "return !document.querySelector('dialog').open").await;
    assert_eq!(icon.state().await, "disconnected");

    icon.choose("Quit").await;
    hands.press_to_end("Quit").await;
    wait_for("the end of the engine", Duration::from_secs(20), || {
        let status = desk.command_line(&["status"]).output().unwrap();
        String::from_utf8_lossy(&status.stdout).contains("not running").then_some(())
    });
}

//! What the window costs, medians of five: from the start to a window on the screen, memory with the window, memory with
//! the tray icon alone. `cargo run --release -p desktop --bin insync-window-bench` after a release build of the program.

use desktop::memory::pss_of_tree;
use desktop::prepared::prepare;
use desktop::{Desk, Hands, Panel, Way};
use journeys::process::wait_for;
use journeys::{Cloud, SampleCompany};
use std::time::{Duration, Instant};

const RUNS: usize = 5;
/// Until the page has drawn and everything has settled.
const SETTLE: Duration = Duration::from_secs(4);
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::main]
async fn main() {
    let (mut visible, mut with_window, mut tray_only) = (vec![], vec![], vec![]);
    for _ in 0..RUNS {
        let desk = Desk::new();
        let panel = Panel::new(&desk).await;
        let began = Instant::now();
        let program = desk.start(&[]);
        wait_for("the window", PATIENCE, || shows_window(&desk).then_some(()));
        visible.push(began.elapsed().as_secs_f64() * 1000.0);
        tokio::time::sleep(SETTLE).await;
        with_window.push(pss_of_tree(program.id()).0);
        program.stop(PATIENCE);
        let program = desk.start(&["--hidden"]);
        let _ = panel.icon().await;
        tokio::time::sleep(SETTLE).await;
        tray_only.push(pss_of_tree(program.id()).0);
        program.stop(PATIENCE);
    }
    let mut with_preview = vec![];
    for _ in 0..3 {
        with_preview.push(preview_scrolled().await);
    }
    row("window on the screen after", &mut visible, "ms", 1000.0);
    row("memory with the window (PSS, all processes)", &mut with_window, "MiB", 340.0);
    row("memory with a preview of 100,000 people, scrolled", &mut with_preview, "MiB", 340.0);
    row("memory with the tray icon alone (PSS)", &mut tray_only, "MiB", 110.0);
}

/// Memory after a preview of 100,000 people was run, and scrolled through for some seconds.
async fn preview_scrolled() -> f64 {
    let (sample, cloud, desk) = (SampleCompany::start("ad", 100_000), Cloud::start(), Desk::new());
    prepare(&desk, &sample.company, &cloud);
    let hands = Hands::open(&desk, Way::Mouse).await;
    hands.press("Mappings").await;
    hands.press("Preview").await;
    hands.press("Run the preview").await;
    hands.until("everybody", "return /^10\\d,\\d{3} people$/m.test(document.body.innerText)").await;
    let scroll = "document.querySelector('.list').scrollTop += 2000; return true";
    for _ in 0..200 {
        hands.until("a line further down", scroll).await;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    tokio::time::sleep(SETTLE).await;
    let memory = hands.memory();
    hands.close().await;
    memory
}

fn shows_window(desk: &Desk) -> bool {
    desk.windows().iter().any(|name| name == "inSync Connector")
}

fn row(what: &str, values: &mut [f64], unit: &str, target: f64) {
    values.sort_by(f64::total_cmp);
    let (least, median, most) = (values[0], values[values.len() / 2], values[values.len() - 1]);
    let verdict = if median <= target { "met" } else { "missed" };
    println!(
        "{what}: {median:.0} {unit} ({least:.0} to {most:.0}); target {target:.0} {unit}, {verdict}"
    );
}

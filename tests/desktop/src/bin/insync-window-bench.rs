//! What the window costs, medians of five: from the start to a window on the screen, memory with the window, memory with
//! the tray icon alone. `cargo run --release -p desktop --bin insync-window-bench` after a release build of the program.

use desktop::memory::pss_of_tree;
use desktop::{Desk, Panel};
use journeys::process::wait_for;
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
    row("window on the screen after", &mut visible, "ms", 1000.0);
    row("memory with the window (PSS, all processes)", &mut with_window, "MiB", 340.0);
    row("memory with the tray icon alone (PSS)", &mut tray_only, "MiB", 110.0);
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

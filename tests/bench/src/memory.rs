//! Memory of an engine that waits for work.

use crate::measure::memory;
use crate::reads::Directory;
use crate::table::Table;
use journeys::Cloud;
use std::time::Duration;

pub fn idle(table: &mut Table) {
    let directory = Directory::start(100);
    let (cloud, connector) = (Cloud::start(), directory.connector());
    connector.register(&cloud).ok();
    let running = connector.start(&cloud);
    std::thread::sleep(Duration::from_secs(20));
    let resident = memory(running.id(), "VmRSS:");
    table.target(
        "(d) idle engine, resident memory",
        format!("{resident:.0} MiB"),
        "≤ 25 MiB",
        resident <= 25.0,
    );
    running.stop(Duration::from_secs(15));
}

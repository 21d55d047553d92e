//! The first import of everybody into an empty local cloud.

use crate::measure::{median, run};
use crate::reads::Directory;
use crate::table::Table;
use journeys::Cloud;

/// Measures `sync` into a new cloud each time, against the wall time of `ldapsearch` in seconds.
pub fn first_import(directory: &Directory, runs: usize, search: f64, table: &mut Table) {
    let mut walls = vec![];
    for round in 0..=runs {
        let (cloud, connector) = (Cloud::start_with(&["--log", "error"]), directory.connector());
        connector.register(&cloud).ok();
        let cost = run(connector.command(&["sync", "People"]));
        let (_, body) = cloud.admin("GET", "users?count=1", None);
        assert_eq!(body["total"].as_u64(), Some(directory.people as u64), "not everybody arrived");
        if round > 0 {
            walls.push(cost.wall);
        }
    }
    let wall = median(walls);
    let n = directory.people;
    table.figure(&format!("(b) first import of {n} people: wall"), format!("{wall:.2} s"));
    let ratio = wall / search;
    table.target(
        "(b) first import : ldapsearch, wall",
        format!("{ratio:.1}"),
        "≤ 5.0",
        ratio <= 5.0,
    );
}

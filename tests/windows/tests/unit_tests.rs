//! The unit tests of the crates that speak to the system, the directory and the cloud, built for Windows and run there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::path::Path;
use windows::Windows;
use windows::setup::unit_tests;

#[test]
fn of_platform_directory_and_cloud_pass() {
    let windows = Windows::new();
    windows.boot();
    for name in ["connector_platform", "connector_directory", "connector_cloud"] {
        let program = unit_tests(name);
        let ran = windows.run(Path::new(&program), &["--test-threads=2"], "");
        let result = ran.out.lines().find(|line| line.starts_with("test result:"));
        let result = result.unwrap_or_else(|| panic!("{name}: no result: {ran:?}"));
        println!("{name}: {result}");
        assert!(ran.code == 0 && !result.contains(" 0 passed"), "{name}: {}{}", ran.out, ran.err);
    }
}

//! A home that was set up from the command line, for what begins after the setup.

use crate::Desk;
use journeys::{Cloud, Company, journey};
use std::io::Write;
use std::process::Stdio;

/// A registered home with an account and a mapping that was never imported.
pub fn prepare(desk: &Desk, company: &Company, cloud: &Cloud) {
    let ca = cloud.ca.to_string_lossy().into_owned();
    run(
        desk,
        &["register", "--cloud", &cloud.url, "--ca", &ca, "--key-stdin"],
        &cloud.registration_key(),
    );
    let ca = company.ca.to_string_lossy().into_owned();
    let add =
        ["account", "add", "corp", "--kind", "auto", "--server", &company.server, "--ca", &ca];
    let who = ["--bind-name", &company.bind_name, "--password-stdin"];
    run(desk, &[&add[..], &who[..]].concat(), &company.bind_password);
    let file = desk.user_folder().join("people.toml");
    std::fs::write(&file, journey::mapping("People", &company.base_dn, "")).unwrap();
    run(desk, &["mapping", "apply", &file.to_string_lossy()], "");
}

/// Runs the command line, which must succeed; what it printed.
pub fn run(desk: &Desk, arguments: &[&str], input: &str) -> String {
    let mut command = desk.command_line(arguments);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(format!("{input}\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    // `status` fails where nothing runs.
    let as_wanted = output.status.success() || arguments == ["status"];
    assert!(as_wanted, "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

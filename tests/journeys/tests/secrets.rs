//! Planted secrets are found nowhere: no file, no output, no argument, no environment.

use journeys::connector::Answer;
use journeys::{Cloud, Connector, SampleCompany, journey};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Wrong on purpose: it travels every way that a right one does.
const TYPED: &str = "MARKER-typed-password-7f3a9";

#[test]
fn a_whole_day_leaves_no_secret_behind() {
    let sample = SampleCompany::start("ad", 200);
    let company = &sample.company;
    let cloud = Cloud::start();
    let connector = Connector::new();
    let (_, right) = &company.right;
    let mut said: Vec<Answer> = vec![connector.add_account(company)];
    log_everything(&connector);

    let key = cloud.registration_key();
    let ca = cloud.ca.to_string_lossy().into_owned();
    said.push(
        connector
            .run(&["--json", "register", "--cloud", &cloud.url, "--key-stdin", "--ca", &ca], &key),
    );
    said.push(connector.apply(&journey::mapping(
        "People",
        &company.base_dn,
        "mass_deployment = true",
    )));
    let running = connector.start(&cloud);
    for file in ["cmdline", "environ"] {
        let bytes = std::fs::read(format!("/proc/{}/{file}", running.id())).unwrap();
        for secret in [&company.bind_password, &key] {
            assert!(!contains(&bytes, secret.as_bytes()), "a secret is in {file}");
        }
    }
    journey::import(&connector, &cloud);
    for password in [right.as_str(), TYPED] {
        cloud.sign_in(&company.right.0, password);
        cloud.sign_in("nobody-here", password);
        said.push(
            connector.run(&["--json", "sign-in", &company.right.0, "--password-stdin"], password),
        );
    }
    let token = cloud.deployment_token("t");
    cloud.activate(&token, &company.right.0, "device");
    let bundle = connector.folder.path().join("bundle.zip");
    said.push(connector.json(&["diagnose"]));
    said.push(connector.json(&["diagnose", "--zip", &bundle.to_string_lossy()]));
    said.push(connector.json(&["journal", "--limit", "1000"]));
    said.push(connector.json(&["status"]));
    running.stop(Duration::from_secs(15));

    let secrets = [company.bind_password.as_str(), right.as_str(), TYPED, key.as_str()];
    let mut files = connector.files();
    collect(cloud.data(), &mut files);
    assert!(files.len() > 5);
    are_in_no_file(&secrets, &files);
    for answer in said {
        for secret in secrets {
            assert!(
                !answer.out.contains(secret) && !answer.err.contains(secret),
                "a secret was printed"
            );
        }
    }
}

fn log_everything(connector: &Connector) {
    let settings = connector.home().join("settings.toml");
    let text = std::fs::read_to_string(&settings)
        .unwrap()
        .replace("log_level = \"info\"", "log_level = \"trace\"");
    assert!(text.contains("trace"));
    std::fs::write(&settings, text).unwrap();
}

fn are_in_no_file(secrets: &[&str], files: &[PathBuf]) {
    for file in files {
        let bytes = std::fs::read(file).unwrap_or_default();
        for secret in secrets {
            assert!(!contains(&bytes, secret.as_bytes()), "a secret is in {}", file.display());
            assert!(
                !contains(&bytes, base64(secret).as_bytes()),
                "a secret is in {} (base64)",
                file.display()
            );
        }
    }
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() { collect(&entry.path(), files) } else { files.push(entry.path()) }
    }
}

/// Standard base64 without padding, of whole groups of three only, so that it is found inside of longer text.
fn base64(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    text.as_bytes()
        .chunks_exact(3)
        .flat_map(|c| {
            let bits = u32::from(c[0]) << 16 | u32::from(c[1]) << 8 | u32::from(c[2]);
            [18, 12, 6, 0].map(|shift| char::from(ALPHABET[(bits >> shift & 63) as usize]))
        })
        .collect()
}

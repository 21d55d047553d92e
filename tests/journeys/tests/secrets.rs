//! Planted secrets are found nowhere: no file, no output, no argument, no environment.

use journeys::connector::Answer;
use journeys::process::wait_for;
use journeys::service::is_root;
use journeys::{Cloud, Connector, SampleCompany, journey};
use std::os::unix::fs::FileExt;
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

/// What every password of the next test begins with.
const IN_MEMORY: &str = "MARKER-in-memory-";

#[test]
fn passwords_of_sign_ins_do_not_stay_in_memory() {
    // Nobody else may read the memory of a connector.
    if !is_root() {
        return;
    }
    let sample = SampleCompany::start("ad", 200);
    let cloud = Cloud::start();
    let connector = Connector::new();
    journey::prepare(&connector, &sample.company);
    connector.register(&cloud).ok();
    let running = connector.start(&cloud);
    journey::import(&connector, &cloud);
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", running.id())).unwrap();
    let core = limits.lines().find_map(|line| line.strip_prefix("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().take(2).collect::<Vec<_>>(), ["0", "0"]);
    let users = cloud.users();
    let names = users.iter().filter_map(|user| user["userName"].as_str()).take(20);
    for (number, name) in names.enumerate() {
        let password = format!("{IN_MEMORY}{number:02}-{:016x}", rand::random::<u64>());
        let outcome = match number % 4 {
            0 => connector.sign_in(name, &password).0,
            _ => cloud.sign_in(name, &password).1,
        };
        assert_ne!(outcome, "ok", "{name}");
    }
    let (user, right) = &sample.company.right;
    assert_eq!(cloud.sign_in(user, right).1, "ok");
    wait_for("the end of the last copy", Duration::from_secs(20), || {
        let found = found_in_memory(running.id(), &[IN_MEMORY.as_bytes(), right.as_bytes()]);
        // What is still there, in the output of a failure.
        found.iter().for_each(|place| eprintln!("{place}"));
        found.is_empty().then_some(())
    });
}

/// Read at once of another process's memory, in bytes.
const PART: usize = 4 << 20;

/// Where these bytes are in the memory that a process can write to, each with what follows.
fn found_in_memory(process: u32, needles: &[&[u8]]) -> Vec<String> {
    let maps = std::fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let memory = std::fs::File::open(format!("/proc/{process}/mem")).unwrap();
    let (mut found, mut bytes, nothing) = (vec![], vec![0; PART + 64], vec![0; PART + 64]);
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (range, rest) = line.split_once(' ').unwrap();
        let (from, to) = range.split_once('-').unwrap();
        let [from, to] = [from, to].map(|end| u64::from_str_radix(end, 16).unwrap());
        for at in (from..to).step_by(PART) {
            // Reserved and never used, or gone meanwhile.
            let Ok(length) = memory.read_at(&mut bytes, at) else { continue };
            if bytes[..length] == nothing[..length] {
                continue;
            }
            for needle in needles {
                found.extend(memchr::memmem::find_iter(&bytes[..length], needle).map(|place| {
                    let around = &bytes[place.saturating_sub(32)..length.min(place + 40)];
                    format!("{at:x}+{place:x} {rest}: {:?}", String::from_utf8_lossy(around))
                }));
            }
        }
    }
    found
}

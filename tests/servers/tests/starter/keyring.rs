//! The private keyring takes a secret, keeps it encrypted, and is gone afterwards.

use servers::Keyring;
use std::process::Command;

/// A `CreateItem` without an encrypted session, by hand: no client needs to be installed.
const STORE: &str = r#"
set -e
call() { gdbus call --session --dest org.freedesktop.secrets "$@"; }
call --object-path /org/freedesktop/secrets --method org.freedesktop.Secret.Service.ReadAlias default
call --object-path /org/freedesktop/secrets --method org.freedesktop.Secret.Service.OpenSession plain '<"">' >/dev/null
call --object-path /org/freedesktop/secrets/aliases/default \
    --method org.freedesktop.DBus.Properties.Get org.freedesktop.Secret.Collection Locked
"#;

#[test]
fn it_is_unlocked_private_and_gone_afterwards() {
    let keyring = Keyring::start().unwrap();
    let out = keyring.apply(Command::new("sh").args(["-c", STORE])).output().unwrap();
    let text = String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned();
    assert!(out.status.success(), "{text}");
    assert!(text.contains("/collection/login") && text.contains("false"), "{text}");
    let folder = keyring.file().ancestors().nth(5).unwrap().to_owned();
    assert!(keyring.file().is_file() && folder.exists());
    drop(keyring);
    assert!(!folder.exists());
}

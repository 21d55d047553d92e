//! Completions in the shells themselves: down to the names of accounts and mappings, and nothing is started for them.
#![cfg(target_os = "linux")]

use journeys::process::program;
use journeys::{Connector, SampleCompany, journey};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// A shell with the completions, run in a way that prints what a line may go on with.
fn asked(connector: &Connector, shell: &str, words: &[&str]) -> Vec<String> {
    let script = connector.folder.path().join(format!("_insync-connector.{shell}"));
    let made = connector.run(&["completions", shell], "").ok().out;
    std::fs::write(&script, made).unwrap();
    let (last, word) = (words.len(), words.last().unwrap());
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let line = quoted.join(" ");
    let (program, text) = match shell {
        "bash" => (
            "bash",
            format!(
                "source {}; COMP_WORDS=(insync-connector {line}); COMP_CWORD={last}; COMP_TYPE=9
                 _insync_connector_words insync-connector '{word}' x; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
                script.display()
            ),
        ),
        "zsh" => (
            "zsh",
            format!(
                "compdef() {{}}; _describe() {{ print -l -- \"${{(P@)${{@[-1]}}}}\" }}
                 source {}; words=(insync-connector {line}); CURRENT={}
                 _clap_dynamic_completer_insync_connector",
                script.display(),
                last + 1
            ),
        ),
        _ => (
            "fish",
            format!(
                "source {}; complete -C \"insync-connector {}\"",
                script.display(),
                words.join(" ")
            ),
        ),
    };
    let mut command = Command::new(program);
    let no_settings: &[&str] = match program {
        "bash" => &["--noprofile", "--norc"],
        "zsh" => &["-f"],
        _ => &["--no-config"],
    };
    let path = journeys::process::program("insync-connector");
    let path = format!("{}:/usr/bin:/bin", path.parent().unwrap().display());
    command.args(no_settings).args(["-c", &text]).env("PATH", path);
    command.env("HOME", connector.folder.path()).env("INSYNC_CONNECTOR_HOME", connector.home());
    command.env_remove("XDG_RUNTIME_DIR").env_remove("DBUS_SESSION_BUS_ADDRESS");
    let begun = Instant::now();
    let said = command.output().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(3), "{shell} took {:?}", begun.elapsed());
    assert!(said.stderr.is_empty(), "{shell}: {}", String::from_utf8_lossy(&said.stderr));
    let first = |line: &str| line.split(['\t', ':']).next().unwrap_or_default().to_owned();
    String::from_utf8_lossy(&said.stdout).lines().map(first).collect()
}

fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let list = std::fs::read_dir(folder).into_iter().flatten().flatten();
    list.map(|entry| entry.path()).collect()
}

#[test]
fn names_options_and_commands_are_completed_in_bash_zsh_and_fish() {
    assert!(program("insync-connector").exists());
    let sample = SampleCompany::start("ldap", 5);
    let connector = Connector::new();
    connector.add_account(&sample.company).ok();
    for name in ["Sales", "Sales of M\u{fc}nchen", "Service"] {
        connector.apply(&journey::mapping(name, &sample.company.base_dn, "")).ok();
    }
    let before = files(&connector.home());
    for shell in ["bash", "zsh", "fish"] {
        let of = |words: &[&str]| asked(&connector, shell, words);
        assert_eq!(of(&["account", "show", "c"]), ["corp"], "{shell}");
        assert_eq!(of(&["account", "set-password", ""])[0], "corp", "{shell}");
        assert_eq!(of(&["browse", "units", "--account", "co"]), ["corp"], "{shell}");
        assert_eq!(of(&["mapping", "remove", "Ser"]), ["Service"], "{shell}");
        let spaced =
            if shell == "bash" { "Sales\\ of\\ M\u{fc}nchen" } else { "Sales of M\u{fc}nchen" };
        assert_eq!(of(&["sync", "Sal"]), ["Sales", spaced], "{shell}");
        let options = of(&["register", "--proxy"]);
        assert_eq!(options, ["--proxy", "--proxy-password-stdin"], "{shell}");
        assert_eq!(of(&["unreg"]), ["unregister"], "{shell}");
        // Of another home, which is not made.
        let other = connector.folder.path().join("other");
        let home = other.to_string_lossy();
        assert!(!of(&["--home", &home, "mapping", "show", "S"]).contains(&"Sales".to_owned()));
        assert!(!other.exists(), "{shell}");
    }
    assert_eq!(files(&connector.home()), before);
}

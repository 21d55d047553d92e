//! Every command that documents and errors name is one.

use crate::arguments::Arguments;
use clap::error::ErrorKind;
use clap::{Command, CommandFactory, Parser};
use connector_model::{Code, Mapping};
use std::path::{Path, PathBuf};

const PROGRAM: &str = "insync-connector ";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3).unwrap().to_owned()
}

/// Commands in blocks of code and between backticks.
fn commands(text: &str) -> Vec<String> {
    let mut found = vec![];
    for line in text.lines() {
        if let Some(block) = line.strip_prefix("    ") {
            let command = block.strip_prefix("sudo ").unwrap_or(block);
            let command = command.split("  #").next().unwrap_or(command).trim_end();
            found.extend(command.starts_with(PROGRAM).then(|| command.to_owned()));
        } else {
            let quoted = line.split('`').skip(1).step_by(2);
            found.extend(quoted.filter(|word| word.starts_with(PROGRAM)).map(ToOwned::to_owned));
        }
    }
    found
}

fn is_one(command: &str) -> bool {
    if command.contains("COMMAND") {
        return true;
    }
    match Arguments::try_parse_from(command.split_whitespace()) {
        Ok(_) => true,
        Err(error) => matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion),
    }
}

#[test]
fn every_command_of_the_documents_is_one() {
    let documents = [
        "README.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "installer/README.md",
        "src-tauri/README.md",
        "src-tauri/crates/cli/README.md",
    ];
    let mut all = 0;
    for document in documents {
        for command in commands(&std::fs::read_to_string(root().join(document)).unwrap()) {
            assert!(is_one(&command), "{document}: {command}");
            all += 1;
        }
    }
    assert!(all > 20, "{all} commands are few");
}

#[test]
fn every_command_of_an_error_is_one() {
    for code in Code::ALL {
        if let Some((_, command)) = code.action().split_once(PROGRAM) {
            let command = format!("{PROGRAM}{}", command.trim_end_matches('.'));
            assert!(is_one(&command), "{code}: {command}");
        }
    }
}

#[test]
fn every_mapping_file_of_the_documents_is_one() {
    for document in ["README.md", "src-tauri/crates/cli/README.md"] {
        let text = std::fs::read_to_string(root().join(document)).unwrap();
        let (_, rest) = text.split_once("```toml\n").unwrap();
        let file = rest.split("```").next().unwrap();
        let mapping: Mapping = toml::from_str(file).unwrap();
        assert_eq!(mapping.name, "Sales", "{document}");
    }
}

#[test]
fn every_code_of_the_readme_is_one() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let (_, table) = readme.split_once("| you see |").unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    for row in rows {
        let cell = row.split('|').nth(1).unwrap();
        for code in cell.split('`').skip(1).step_by(2) {
            assert!(Code::ALL.iter().any(|known| known.as_str() == code), "{code}");
        }
    }
}

/// What a command line shows to every user of the machine is no secret.
#[test]
fn no_option_takes_a_secret_as_its_value() {
    fn look(command: &Command, options: &mut usize) {
        for option in command.get_arguments() {
            let name = option.get_id().as_str();
            let secret = ["key", "token", "password", "secret", "phrase"];
            let is_secret = secret.iter().any(|word| name.ends_with(word));
            assert!(
                !(is_secret && option.get_action().takes_values()),
                "{}: {name}",
                command.get_name()
            );
            *options += 1;
        }
        command.get_subcommands().for_each(|command| look(command, options));
    }
    let mut options = 0;
    look(&Arguments::command(), &mut options);
    assert!(options > 80, "{options} options are few");
}

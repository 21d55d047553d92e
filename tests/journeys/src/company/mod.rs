//! A directory that a journey runs against, with the people that the journey may rely on.

pub mod week;

use crate::Clock;
use crate::process::{Running, next_line, program};
use serde_json::Value;
use std::io::{BufReader, Write};
use std::path::PathBuf;
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use tempfile::TempDir;

/// How to reach a directory, and who is in it.
#[derive(Debug, Clone)]
pub struct Company {
    /// `host:port` of LDAPS.
    pub server: String,
    /// File with the company CA.
    pub ca: PathBuf,
    /// Account that reads.
    pub bind_name: String,
    /// Its password.
    pub bind_password: String,
    /// Where everybody is.
    pub base_dn: String,
    /// An organizational unit with people in it.
    pub unit: String,
    /// Somebody with an e-mail address who can sign in: name and password.
    pub right: (String, String),
    /// People whose sign-in is refused: name, password, outcome, and what the outside sees.
    pub refused: Vec<Refusal>,
    /// Somebody whose account the directory locks after some wrong passwords, if it does.
    pub lockable: Option<String>,
    /// Groups by DN with the number of people that they hold, nested ones counted.
    pub groups: Vec<(String, u64)>,
}

/// Name, password, outcome in the journal, outcome outside.
pub type Refusal = (String, String, &'static str, &'static str);

/// The sample company as a process.
pub struct SampleCompany {
    /// How to reach it.
    pub company: Company,
    _process: Running,
    edits: ChildStdin,
    answers: BufReader<ChildStdout>,
    _folder: TempDir,
}

impl SampleCompany {
    /// Starts one with the face `ad` or `ldap` and so many people.
    pub fn start(face: &str, people: usize) -> Self {
        Self::start_at(None, face, people)
    }

    /// Starts one that lives by a clock.
    pub fn start_at(clock: Option<&Clock>, face: &str, people: usize) -> Self {
        let folder = TempDir::with_prefix("company-").expect("a temporary folder");
        let mut command = Command::new(program("insync-sandbox"));
        command.args([
            "directory",
            "--log",
            "warn",
            "--face",
            face,
            "--people",
            &people.to_string(),
            "--edits-stdin",
            "--data",
        ]);
        command.arg(folder.path()).stdin(Stdio::piped());
        command.envs(clock.map(Clock::environment).unwrap_or_default());
        let (mut process, mut answers) =
            Running::start_talking(command, "insync-sandbox directory");
        let first = next_line(&mut answers);
        let line: Value =
            serde_json::from_str(&first).unwrap_or_else(|e| panic!("no JSON ({e}): {first}"));
        let company =
            if face == "ad" { active_directory(&line, people) } else { open_ldap(&line, people) };
        let edits = process.stdin();
        Self { company, _process: process, edits, answers, _folder: folder }
    }

    /// Changes the directory by LDIF change records, each of which ends with an empty line.
    pub fn edit(&mut self, records: &str) {
        for record in records.split_inclusive("\n\n") {
            self.edits.write_all(record.as_bytes()).expect("the directory lives");
            let answer = next_line(&mut self.answers);
            assert!(answer.contains("changed"), "{answer} to {record}");
        }
    }
}

fn base(line: &Value) -> Company {
    let text =
        |key: &str| line[key].as_str().unwrap_or_else(|| panic!("no {key}: {line}")).to_owned();
    let password = std::fs::read_to_string(text("password_file")).expect("the reader's password");
    Company {
        server: text("ldaps").trim_start_matches("ldaps://").to_owned(),
        ca: PathBuf::from(text("ca_file")),
        bind_name: text("bind_name"),
        bind_password: password.trim_end().to_owned(),
        base_dn: text("base_dn"),
        unit: String::new(),
        right: (String::new(), String::new()),
        refused: vec![],
        lockable: None,
        groups: vec![],
    }
}

fn active_directory(line: &Value, people: usize) -> Company {
    let mut company = base(line);
    let suffix = company.base_dn.clone();
    let password = "Us3r-Passw0rd!";
    company.unit = format!("OU=Berlin,OU=people,{suffix}");
    company.right = ("CORP\\u0000001".into(), password.into());
    let refusal =
        |user: &str, outcome, outside| (user.to_owned(), password.to_owned(), outcome, outside);
    company.refused = vec![
        refusal("disabled", "disabled", "not_ok"),
        refusal("expired", "account_expired", "not_ok"),
        refusal("mustchange", "must_change_password", "must_change_password"),
        refusal("pwexpired", "password_expired", "password_expired"),
        refusal("hours", "not_allowed_now", "not_ok"),
        refusal("workst", "not_allowed_here", "not_ok"),
        refusal("nobody-here", "unknown_user", "not_ok"),
    ];
    let group = |cn: &str| format!("CN={cn},OU=groups,{suffix}");
    company.groups = vec![
        (group("level1"), 15),
        (group("contractors"), 3),
        (group("everybody"), people.min(5000) as u64),
    ];
    company
}

fn open_ldap(line: &Value, people: usize) -> Company {
    let mut company = base(line);
    let suffix = company.base_dn.clone();
    company.unit = format!("ou=Berlin,ou=people,{suffix}");
    company.right = ("u0000001".into(), "pw-u0000001".into());
    company.refused = vec![("nobody-here".into(), "x".into(), "unknown_user", "not_ok")];
    let group = |cn: &str| format!("cn={cn},ou=groups,{suffix}");
    company.groups = vec![(group("level1"), 15), (group("everybody"), people.min(5000) as u64)];
    company
}

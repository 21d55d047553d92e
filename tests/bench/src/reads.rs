//! Reading the whole directory: `preview` against `ldapsearch` writing the same entries to a file.

use crate::measure::{Cost, median, run};
use crate::table::Table;
use journeys::{Company, Connector, journey};
use servers::{Slapd, SlapdOptions, company};
use std::process::Command;

/// What the connector reads of a person.
const ATTRIBUTES: [&str; 14] = [
    "entryUUID",
    "mail",
    "uid",
    "displayName",
    "cn",
    "givenName",
    "sn",
    "department",
    "c",
    "co",
    "title",
    "departmentNumber",
    "nsAccountLock",
    "pwdAccountLockedTime",
];
const FILTER: &str = "(|(objectClass=person)(objectClass=inetOrgPerson)(objectClass=posixAccount))";

/// A slapd with so many people, and how to reach it.
pub struct Directory {
    server: Slapd,
    pub company: Company,
    pub people: usize,
}

impl Directory {
    pub fn start(people: usize) -> Self {
        let options = SlapdOptions { people, quirks: false, ..SlapdOptions::default() };
        let server = Slapd::start(&options).expect("slapd starts");
        Self { company: company::slapd(&server, people), server, people }
    }

    /// A connector with the account and a mapping of everybody.
    pub fn connector(&self) -> Connector {
        let connector = Connector::new();
        connector.add_account(&self.company).ok();
        connector.apply(&journey::mapping("People", &self.company.base_dn, "")).ok();
        connector
    }

    /// Changes entries as the directory's administrator.
    pub fn modify(&self, ldif: &str) {
        let ldap = self.server.ldaps_url();
        servers::ldapmodify(&ldap, &self.company.ca, self.server.admin(), ldif).expect("changes");
    }

    fn ldapsearch(&self, file: &std::path::Path) -> Command {
        let mut command = Command::new("sh");
        command.args([
            "-c",
            "exec ldapsearch \"$@\" > \"$OUT\"",
            "ldapsearch",
            "-x",
            "-LLL",
            "-o",
            "ldif-wrap=no",
        ]);
        command.args([
            "-H",
            &self.server.ldaps_url(),
            "-D",
            &self.company.bind_name,
            "-w",
            &self.company.bind_password,
        ]);
        command
            .args(["-b", &self.company.base_dn, "-E", "pr=1000/noprompt", FILTER])
            .args(ATTRIBUTES);
        command.env("OUT", file).env("LDAPTLS_CACERT", &self.company.ca);
        command
    }
}

/// Measures both in turn; returns the median wall time of `ldapsearch` in seconds.
pub fn preview(directory: &Directory, runs: usize, table: &mut Table) -> f64 {
    let connector = directory.connector();
    let file = tempfile::NamedTempFile::new().expect("a file");
    let (mut ours, mut theirs): (Vec<Cost>, Vec<Cost>) = (vec![], vec![]);
    for round in 0..=runs {
        let search = run(directory.ldapsearch(file.path()));
        let preview = run(connector.command(&["preview", "People"]));
        if round > 0 {
            theirs.push(search);
            ours.push(preview);
        }
    }
    let entries = std::fs::read(file.path())
        .expect("a file")
        .windows(5)
        .filter(|w| w == b"\ndn: " || w == b"\ndn::")
        .count()
        + 1;
    assert_eq!(entries, directory.people, "ldapsearch wrote another number of people");
    let of = |list: &[Cost], what: fn(&Cost) -> f64| median(list.iter().map(what));
    let n = directory.people;
    table.figure(&format!("(a) ldapsearch, {n} people: wall / CPU / peak"), line(&theirs));
    table.figure(&format!("(a) preview, {n} people: wall / CPU / peak"), line(&ours));
    let ratio = median(ours.iter().zip(&theirs).map(|(a, b)| a.wall / b.wall));
    table.target(
        &format!("(a) preview : ldapsearch, wall, {n} people"),
        format!("{ratio:.2}"),
        "≤ 1.30",
        ratio <= 1.3,
    );
    let peak = of(&ours, |c| c.peak);
    table.target(
        &format!("(a) preview, peak memory, {n} people"),
        format!("{peak:.0} MiB"),
        "≤ 64 MiB",
        peak <= 64.0,
    );
    of(&theirs, |c| c.wall)
}

fn line(costs: &[Cost]) -> String {
    let of = |what: fn(&Cost) -> f64| median(costs.iter().map(what));
    format!("{:.2} s / {:.2} s / {:.0} MiB", of(|c| c.wall), of(|c| c.cpu), of(|c| c.peak))
}

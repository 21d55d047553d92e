//! A week in a company, lived through by the real programs: people come, change and leave, an import every day, sign-ins at all
//! hours; in the end so many leave at once that somebody has to approve it.

use crate::process::Running;
use crate::{Clock, Cloud, Connector, SampleCompany};
use serde_json::{Value, json};
use std::time::Duration;

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
/// How long ago it begins.
pub const AGO: Duration = DAY.saturating_mul(7);
/// For each of the six days after the first import: who comes, who changes, who leaves, and who signs in.
const DAYS: [[usize; 4]; 6] =
    [[7, 4, 2, 9], [3, 11, 4, 12], [5, 6, 1, 8], [9, 3, 3, 11], [2, 14, 5, 6], [6, 8, 2, 10]];
/// Sign-ins of the last day, with the hours that have passed since.
const HOURS: [(u32, usize); 9] =
    [(22, 2), (19, 3), (16, 9), (13, 14), (10, 11), (7, 8), (5, 12), (3, 10), (1, 7)];
/// Who leaves in the end: more than a tenth.
const LEAVERS: usize = 240;
/// The password of everybody in the sample company.
const PASSWORD: &str = "Us3r-Passw0rd!";

/// The week and whoever lives through it.
pub struct Week<'a> {
    clock: &'a Clock,
    company: &'a mut SampleCompany,
    cloud: &'a Cloud,
    connector: &'a Connector,
    /// DNs of those who have come, and of those who will.
    people: Vec<String>,
    newcomers: Vec<String>,
    signed_in: usize,
}

impl<'a> Week<'a> {
    /// Before the first import: some people have not come yet. The clock stands at the week's beginning.
    pub fn begin(
        clock: &'a Clock,
        company: &'a mut SampleCompany,
        cloud: &'a Cloud,
        connector: &'a Connector,
    ) -> Self {
        let preview = connector.preview("People");
        let dn = |person: &Value| person["dn"].as_str().expect("a DN").to_owned();
        let listed = preview["people"].as_array().expect("people").iter();
        let mut people: Vec<String> =
            listed.filter(|person| person["change"] == json!("create")).map(dn).collect();
        let newcomers =
            people.split_off(people.len() - DAYS.iter().map(|day| day[0]).sum::<usize>());
        company.edit(&newcomers.iter().map(|dn| control(dn, 514)).collect::<String>());
        Self { clock, company, cloud, connector, people, newcomers, signed_in: 0 }
    }

    /// Lives through it to this moment, with the connector that runs; the one that runs in the end, and what happened.
    pub fn live(mut self, mut running: Running) -> (Running, String) {
        let mut changes = [0; 3];
        for (passed, [come, change, leave, sign_in]) in DAYS.into_iter().enumerate() {
            let ago = AGO - DAY * u32::try_from(passed + 1).unwrap_or(0);
            running = self.go_on_at(ago, running);
            let come = self.newcomers.split_off(self.newcomers.len() - come);
            let title = format!("replace: title\ntitle: Lead since day {}\n-\n", passed + 1);
            let changed = self.people.iter().rev().take(change);
            let changed: String = changed.map(|dn| modify(dn, &title)).collect();
            let left = self.people.split_off(self.people.len() - leave);
            let gone: String = left.iter().map(|dn| control(dn, 514)).collect();
            let new: String = come.iter().map(|dn| control(dn, 512)).collect();
            self.company.edit(&(changed + &gone + &new));
            self.import();
            self.sign_in(sign_in);
            self.people.splice(0..0, come.iter().cloned());
            changes = [changes[0] + come.len(), changes[1] + change - leave, changes[2] + leave];
        }
        for (hours, sign_ins) in HOURS {
            running = self.go_on_at(HOUR * hours, running);
            self.sign_in(sign_ins);
        }
        running = self.go_on_at(Duration::ZERO, running);
        let left = self.people.split_off(self.people.len() - LEAVERS);
        self.company.edit(&left.iter().map(|dn| control(dn, 514)).collect::<String>());
        let record = self.import();
        assert_eq!(record["awaiting_approval"][0]["people"], json!(LEAVERS), "{record}");
        let [came, changed, left] = changes;
        let told = format!(
            "{} imports: {came} people added, {changed} updated, {left} deactivated; {LEAVERS} wait for approval; {} sign-ins",
            DAYS.len() + 1,
            self.signed_in
        );
        (running, told)
    }

    /// Time passes while the connector's computer is off: how long a session lasts is not measured by the time of day.
    fn go_on_at(&self, ago: Duration, running: Running) -> Running {
        running.stop(Duration::from_secs(15));
        self.clock.turn_back(ago);
        self.connector.start(self.cloud)
    }

    fn import(&self) -> Value {
        self.cloud.sync("People")
    }

    /// Most know their password; some do not, and some may not.
    fn sign_in(&mut self, times: usize) {
        for _ in 0..times {
            let number = self.signed_in;
            self.signed_in += 1;
            let refused = &self.company.company.refused;
            let (user, password) = match number % 9 {
                4 => (format!("u{:07}@corp.example.com", number * 7), "Us3r-Passw0rd"),
                7 => (refused[number / 9 % refused.len()].0.clone(), PASSWORD),
                _ => (format!("u{:07}@corp.example.com", number * 7), PASSWORD),
            };
            let (status, outcome) = self.cloud.sign_in(&user, password);
            assert!(status < 500, "{user}: {outcome}");
        }
    }
}

/// A change record (RFC 2849).
fn modify(dn: &str, changes: &str) -> String {
    format!("dn: {dn}\nchangetype: modify\n{changes}\n")
}

/// Disables (514) or enables (512) an account (MS-ADTS 2.2.16).
fn control(dn: &str, flags: u32) -> String {
    modify(dn, &format!("replace: userAccountControl\nuserAccountControl: {flags}\n-\n"))
}

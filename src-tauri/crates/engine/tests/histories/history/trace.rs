//! What happens in one history, told where it is run alone.

use super::History;
use crate::cloud::User;
use connector_engine::records::ImportRecord;
use connector_model::{Enabled, Person};
use std::fmt;

/// Whether one history is run alone, for somebody who reads what happens.
pub(crate) fn is_read() -> bool {
    std::env::var_os("SEED").is_some()
}

impl History<'_> {
    /// What a round brought, before it is imported.
    pub(super) fn tell_round(&self) {
        if !is_read() {
            return;
        }
        let directory = self.directory.state.lock().unwrap();
        let cloud = self.cloud.state.lock().unwrap();
        println!("\n--- {:?}\n    {:?}", directory.faults, cloud.quirks);
        println!("    far {:?}, vague {}", directory.far, directory.vague);
        for mapping in &self.settings.mappings {
            println!("    mapping {} {:?}", mapping.name, mapping.department);
        }
        println!("    connector {}, term {}", self.connectors.current, self.connectors.term);
        directory.people.values().for_each(|person| println!("    {}", Line(person)));
    }

    /// How an import ended, and whom the cloud has then.
    pub(super) fn tell_import(&self, mapping: &str, record: Option<&ImportRecord>) {
        if !is_read() {
            return;
        }
        match record {
            None => println!("  {mapping}: no record"),
            Some(record) => println!(
                "  {mapping}: complete {}, {:?}, waiting {:?}, refused {:?}, {:?}",
                record.complete,
                record.counts,
                record.awaiting_approval.iter().map(|list| list.people).collect::<Vec<_>>(),
                record.refusals.iter().map(|one| &one.reason).collect::<Vec<_>>(),
                record.error
            ),
        }
        self.tell_users();
    }

    /// Whom the cloud has after an import of changes.
    pub(super) fn tell_changes(&self, mapping: &str, lived: bool) {
        if is_read() {
            println!("  {mapping}: changes{}", if lived { "" } else { ", and the connector died" });
            self.tell_users();
        }
    }

    fn tell_users(&self) {
        let cloud = self.cloud.state.lock().unwrap();
        cloud.users.iter().for_each(|user| println!("    {}", Line(user)));
    }
}

/// Somebody, in one line.
pub(super) struct Line<'a, T>(pub &'a T);

impl fmt::Display for Line<'_, Person> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let person = self.0;
        let name = person.upn.as_deref().unwrap_or("-");
        let emails: Vec<&str> = person.emails().map(String::as_str).collect();
        let place = person.department.as_deref().unwrap_or("-");
        let enabled = if person.enabled == Enabled::Yes { "" } else { " not enabled" };
        let (identity, dn) = (&person.identity, &person.dn);
        write!(to, "{identity} at {dn} is {name} {emails:?} in {place}{enabled}")
    }
}

impl fmt::Display for Line<'_, User> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let User { id, identity, name, email, active, mapping } = self.0;
        let identity = identity.as_deref().unwrap_or("nobody");
        let active = if *active { "" } else { " inactive" };
        write!(to, "{id} of {identity} is {name} {email} from {mapping}{active}")
    }
}

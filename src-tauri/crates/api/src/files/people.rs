//! People of an import, or of a list that waits for its approval, as a table.

use super::Saved;
use super::csv::Csv;
use crate::Door;
use connector_engine::{ImportedPerson, RunPeopleQuery};
use connector_model::{ApprovalKind, Code, Error, PlannedPerson, Result};
use std::collections::BTreeMap;

/// People read at once for a file.
const PAGE: u32 = 500;
const COLUMNS: [&str; 11] = [
    "change",
    "user_name",
    "email",
    "dn",
    "reason",
    "reason_kind",
    "refused",
    "postponed",
    "before",
    "after",
    "name",
];
/// Of a list's hash, in the name of its file.
const MARK: usize = 12;

impl Door {
    /// Writes the people of an import that match into a CSV file; `say` puts a reason into words.
    pub async fn export_import_people(
        &self,
        run: i64,
        asked: RunPeopleQuery,
        say: impl Fn(&PlannedPerson) -> String,
    ) -> Result<Saved> {
        let mut file = Csv::create(&format!("import-{run}"), &COLUMNS)?;
        let mut asked = RunPeopleQuery { offset: 0, limit: PAGE, ..asked };
        loop {
            let page = self.import_people(run, asked.clone()).await?.people;
            if page.is_empty() {
                return file.finish();
            }
            asked.offset += page.len() as u64;
            add(&mut file, &page, &say)?;
        }
    }

    /// The same of a list that waits: the whole file is of one list, whose hash is in its name; `approval_stale` where another
    /// one takes its place meanwhile.
    pub async fn export_awaiting_people(
        &self,
        (mapping, kind): (String, ApprovalKind),
        asked: RunPeopleQuery,
        say: impl Fn(&PlannedPerson) -> String,
    ) -> Result<Saved> {
        let mut asked = RunPeopleQuery { offset: 0, limit: PAGE, ..asked };
        let first = self.awaiting_people(mapping.clone(), kind, asked.clone()).await?;
        let hash = first.list.hash;
        let mark = hash.get(..MARK).unwrap_or(&hash);
        let mut file = Csv::create(&format!("waiting-{mapping}-{mark}"), &COLUMNS)?;
        let mut page = first.people;
        while !page.is_empty() {
            asked.offset += page.len() as u64;
            add(&mut file, &page, &say)?;
            let next = self.awaiting_people(mapping.clone(), kind, asked.clone()).await?;
            if next.list.hash != hash {
                return Err(Error::of(Code::ApprovalStale));
            }
            page = next.people;
        }
        file.finish()
    }
}

fn add(
    file: &mut Csv,
    page: &[ImportedPerson],
    say: &impl Fn(&PlannedPerson) -> String,
) -> Result<()> {
    for ImportedPerson { planned, postponed, before, after } in page {
        let error = |error: &Option<Error>| {
            error.as_ref().map(|e| format!("{}: {}", e.code, e.message)).unwrap_or_default()
        };
        file.row(&[
            planned.change.as_str(),
            planned.user_name.as_deref().unwrap_or_default(),
            planned.email.as_deref().unwrap_or_default(),
            planned.dn.as_str(),
            &say(planned),
            planned.reason.kind(),
            &error(&planned.refused),
            &error(postponed),
            &fields(before.as_ref()),
            &fields(after.as_ref()),
            planned.name.as_deref().unwrap_or_default(),
        ])?;
    }
    Ok(())
}

fn fields(values: Option<&BTreeMap<String, String>>) -> String {
    let all = values.into_iter().flatten().map(|(name, value)| format!("{name}={value}"));
    all.collect::<Vec<_>>().join("; ")
}

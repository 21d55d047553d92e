//! `mapping …`

mod proposals;

use crate::arguments::Mapping as Command;
use crate::output::{Printer, printable, table};
use connector_api::{CheckedMapping, Deactivation, Door, text_file};
use connector_model::settings::same_name;
use connector_model::{Code, Error, Mapping, Result};
use connector_texts::Texts;
use serde_json::json;

pub async fn run(door: &Door, printer: &Printer, command: Command) -> Result<bool> {
    match command {
        Command::Apply { file } => {
            let stored = door.apply_mapping(text_file(&file, "file")?).await?;
            printer.show(&stored, || said(printer.texts(), &stored));
        }
        Command::List => {
            let mappings = door.mappings().await?;
            printer.show(&mappings, || list(printer.texts(), &mappings));
        }
        Command::Show { name } => {
            let mapping = door.mapping(name).await?;
            printer.show(&mapping, || toml::to_string_pretty(&mapping).unwrap_or_default());
        }
        Command::Count { file } => {
            let mapping = door.check_mapping(text_file(&file, "file")?).await?;
            let count = door.count_people(mapping).await?;
            printer.show(&count, || {
                let all = count.complete;
                let id = if all { "cli-mapping-people" } else { "cli-mapping-people-at-least" };
                printer.texts().say(id, &json!({ "n": count.count }))
            });
        }
        Command::Remove { name, deactivate: true, approve } => {
            return deactivate(door, printer, name, approve).await;
        }
        Command::Remove { name, .. } => return remove(door, printer, name).await,
        Command::Move { name, to } => {
            let mappings = door.move_mapping(name, to).await?;
            printer.show(&mappings, || list(printer.texts(), &mappings));
        }
        Command::Proposals => proposals::show(door, printer).await?,
        Command::Approve { name, hash } => {
            let stored = proposals::approve(door, name, hash).await?;
            printer.show(&stored, || said(printer.texts(), &stored));
        }
        Command::Reject { name } => proposals::reject(door, printer, name).await?,
        Command::Export => {
            if printer.is_json() {
                printer.show(&door.mappings().await?, String::new);
            } else {
                printer.raw(&door.mappings_text().await?);
            }
        }
    }
    Ok(true)
}

/// Deactivates the people of a mapping once exactly their list is approved, and removes it then where it still exists.
async fn deactivate(
    door: &Door,
    printer: &Printer,
    name: String,
    approve: Option<String>,
) -> Result<bool> {
    let exists = door.mappings().await?.iter().any(|mapping| same_name(&mapping.name, &name));
    if exists {
        match door.deactivate_left_behind(name.clone(), None).await {
            // Nobody to deactivate.
            Err(error) if error.code == Code::NotFound => return remove(door, printer, name).await,
            Err(error) => return Err(error),
            Ok(listed) if approve.as_ref() == Some(&listed.hash) => {
                door.remove_mapping(name.clone()).await?;
            }
            Ok(listed) if approve.is_some() => return Err(stale(&listed)),
            Ok(listed) => {
                printer.show(&listed, || waits(printer.texts(), "cli-removal-waits", &listed));
                return Ok(false);
            }
        }
    }
    let approves = approve.is_some();
    let done = door.deactivate_left_behind(name, approve).await?;
    if approves && done.record.is_none() {
        return Err(stale(&done));
    }
    printer.show(&done, || {
        let Some(record) = &done.record else {
            return waits(printer.texts(), "cli-left-waits", &done);
        };
        let values = json!({ "mapping": done.mapping, "done": record.acknowledged, "refused": record.refused });
        printer.texts().say("cli-left-deactivated", &values)
    });
    Ok(done.record.is_some_and(|record| record.error.is_none() && record.refused == 0))
}

async fn remove(door: &Door, printer: &Printer, name: String) -> Result<bool> {
    door.remove_mapping(name.clone()).await?;
    printer.show(&json!({ "removed": name }), || {
        printer.texts().say("cli-mapping-removed", &json!({ "name": name }))
    });
    Ok(true)
}

/// The list that waits: how many, the command that approves it, and some names.
fn waits(texts: &Texts, id: &str, listed: &Deactivation) -> String {
    let values = json!({ "mapping": listed.mapping, "people": listed.people, "list": listed.hash });
    let mut lines = vec![texts.say(id, &values)];
    lines.extend(listed.examples.iter().map(|name| format!("      {}", printable(name))));
    let more = listed.people.saturating_sub(listed.examples.len() as u64);
    if more > 0 {
        lines.push(format!("      {}", texts.say("cli-left-more", &json!({ "n": more }))));
    }
    lines.join("\n")
}

/// Another list was approved than the one that waits.
fn stale(listed: &Deactivation) -> Error {
    let text =
        format!("The list that waits has another hash: {}. Nobody was deactivated.", listed.hash);
    Error::new(Code::ApprovalStale, text)
}

fn said(texts: &Texts, stored: &CheckedMapping) -> String {
    let done = texts.say("cli-mapping-stored", &json!({ "name": stored.mapping.name }));
    match &stored.unchecked {
        None => done,
        Some(error) => {
            format!("{done}\n{}", texts.say("cli-mapping-unchecked", &json!({ "error": error })))
        }
    }
}

fn list(texts: &Texts, mappings: &[Mapping]) -> String {
    let rows = mappings.iter().enumerate().map(|(place, m)| {
        let count = |id: &str, n: usize| texts.say(id, &json!({ "n": n }));
        let named = [
            ("cli-mapping-units", m.units.len()),
            ("cli-mapping-groups", m.groups.len()),
            ("cli-mapping-not-units", m.exclude_units.len()),
            ("cli-mapping-not-groups", m.exclude_groups.len()),
            ("cli-mapping-added", m.include_people.len()),
            ("cli-mapping-left-out", m.exclude_people.len()),
        ];
        let mut scope: Vec<String> =
            named.iter().filter(|(_, n)| *n > 0).map(|(id, n)| count(id, *n)).collect();
        if m.units.is_empty() && m.groups.is_empty() {
            scope.insert(0, texts.text("cli-mapping-everybody"));
        }
        let scope = scope.join(", ");
        [(place + 1).to_string(), m.name.clone(), m.account.clone(), m.base_dn.to_string(), scope]
    });
    table(texts, ["place", "name", "account", "base_dn", "scope"], rows)
}

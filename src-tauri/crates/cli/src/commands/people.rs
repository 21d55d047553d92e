//! `preview`, `sync`, `sign-in`.

use crate::output::{Printer, Progress, table};
use crate::secret_input;
use connector_api::{Door, ImportRecord, Preview};
use connector_model::settings::same_name;
use connector_model::{
    Change, Code, Counts, Error, HandedOver, Mapping, PlannedPerson, Result, SignInOutcome,
    UserName,
};
use serde_json::json;
use std::sync::Arc;
use tokio::sync::mpsc;

pub async fn preview(
    door: &Door,
    printer: &Printer,
    name: Option<&str>,
    full: bool,
) -> Result<bool> {
    let mappings = match name {
        Some(name) => vec![door.mapping(name.to_owned()).await?],
        None => door.mappings().await?,
    };
    if mappings.is_empty() {
        return Err(Error::new(Code::NotFound, "There is no mapping yet.")
            .with_action("Store one with mapping apply FILE."));
    }
    // One mapping is one document; several are a list of documents.
    let listed = name.is_none();
    if printer.is_json() && listed {
        printer.raw("[\n");
    }
    for (place, mapping) in mappings.iter().enumerate() {
        if printer.is_json() {
            if place > 0 {
                printer.raw(",\n");
            }
            document(door, printer, mapping).await?;
        } else {
            summary(door, printer, mapping, full).await?;
        }
    }
    if printer.is_json() {
        printer.raw(if listed { "]\n" } else { "\n" });
    }
    Ok(true)
}

/// Streams the people, so that a million of them need no memory; nothing is printed before the plan is made.
async fn document(door: &Door, printer: &Printer, mapping: &Mapping) -> Result<()> {
    let (pages, mut people) = mpsc::channel(4);
    let work = door.preview(mapping, Arc::default(), Some(pages));
    let print = async {
        let mut first = true;
        while let Some(page) = people.recv().await {
            for person in &page {
                let lead = if first {
                    format!("{{\"mapping\":{},\"people\":[\n", json!(mapping.name))
                } else {
                    ",\n".to_owned()
                };
                first = false;
                printer.raw(&format!("{lead}{}", json!(person)));
            }
        }
        first
    };
    let (preview, nobody) = tokio::join!(work, print);
    let preview = preview?;
    if nobody {
        printer.raw(&format!("{{\"mapping\":{},\"people\":[", json!(mapping.name)));
    }
    let mut rest = json!(preview);
    if let Some(rest) = rest.as_object_mut() {
        rest.remove("mapping");
    }
    let rest = rest.to_string();
    printer.raw(&format!("\n],{}", &rest[1..]));
    Ok(())
}

async fn summary(door: &Door, printer: &Printer, mapping: &Mapping, full: bool) -> Result<()> {
    let progress = Progress::new();
    let (pages, mut people) = mpsc::channel(4);
    let work = door.preview(mapping, Arc::default(), full.then_some(pages));
    let list = async {
        let mut shown = 0u64;
        while let Some(page) = people.recv().await {
            shown += page.len() as u64;
            progress.count("people planned", shown);
            printer.raw(&lines(&page));
        }
        drop(progress);
    };
    let preview = tokio::join!(work, list).0?;
    printer.show(&preview, || sentence(&preview));
    Ok(())
}

fn lines(page: &[PlannedPerson]) -> String {
    let clean = |text: &str| {
        text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect::<String>()
    };
    page.iter()
        .map(|p| {
            let name = p.user_name.as_deref().or(p.email.as_deref()).unwrap_or(p.dn.as_str());
            format!("{:<10} {:<40} {}\n", p.change.as_str(), clean(name), clean(&p.reason))
        })
        .collect()
}

/// Examples of something odd that are shown.
const EXAMPLES: usize = 2;

fn sentence(preview: &Preview) -> String {
    let mut text = format!("Mapping \"{}\": {}", preview.mapping, counts(&preview.counts));
    if let Some(error) = &preview.error {
        text.push_str(&format!(
            "\nThe directory was not read completely: {} Nobody who was not seen is changed.",
            error.message
        ));
    }
    for finding in &preview.findings {
        text.push_str(&format!("\nNote: {}", finding.message));
        for example in finding.examples.iter().take(EXAMPLES) {
            text.push_str(&format!("\n      {example}"));
        }
    }
    if preview.needs_approval {
        text.push_str(&format!(
            "\nMore people would be made inactive than the limit allows. If the list is right: insync-connector sync \"{}\" --approve {}",
            preview.mapping, preview.plan_hash
        ));
    }
    text
}

fn counts(counts: &Counts) -> String {
    let parts: Vec<String> = Change::ALL
        .iter()
        .map(|c| (c, counts.get(*c)))
        .filter(|(_, n)| *n > 0)
        .map(|(c, n)| format!("{n} {}", c.as_str()))
        .collect();
    if parts.is_empty() { "nobody".to_owned() } else { parts.join(", ") }
}

pub async fn sync(
    door: &Door,
    printer: &Printer,
    name: Option<&str>,
    approve: Option<&str>,
) -> Result<bool> {
    if !printer.is_json() {
        show_changed(door, printer, name).await?;
    }
    let progress = Progress::new();
    let records = door.sync(name, approve, |now| progress.report(&now)).await?;
    drop(progress);
    printer.show(&records, || imports(&records));
    Ok(records.iter().all(|r| r.error.is_none() && r.refused == 0))
}

/// A mapping that was changed since its last import shows first what it does now.
async fn show_changed(door: &Door, printer: &Printer, name: Option<&str>) -> Result<()> {
    let changed = door.status().await?.changed;
    for mapping in door.mappings().await? {
        let meant = name.is_none_or(|name| same_name(name, &mapping.name));
        if meant && changed.contains(&mapping.name) {
            printer.raw(&format!(
                "\"{}\" was changed since its last import. What it does now:\n",
                mapping.name
            ));
            summary(door, printer, &mapping, false).await?;
        }
    }
    Ok(())
}

fn imports(records: &[ImportRecord]) -> String {
    let rows = records.iter().map(|r| {
        let took = format!(
            "{}.{} s",
            (r.finished_ms - r.started_ms) / 1000,
            (r.finished_ms - r.started_ms) % 1000 / 100
        );
        let end = match (&r.error, &r.awaiting_approval) {
            (Some(error), _) => error.message.clone(),
            (None, Some(hash)) => format!("removals wait for --approve {hash}"),
            (None, None) => "complete".to_owned(),
        };
        [
            r.mapping.clone(),
            r.read.to_string(),
            counts(&r.counts),
            r.acknowledged.to_string(),
            r.refused.to_string(),
            took,
            end,
        ]
    });
    let mut text =
        table(["mapping", "read", "plan", "acknowledged", "refused", "took", "result"], rows);
    for (record, refusal) in records.iter().flat_map(|r| r.refusals.iter().map(move |f| (r, f))) {
        text.push_str(&format!(
            "\nrefused of \"{}\": {} because: {}",
            record.mapping, refusal.people, refusal.reason
        ));
    }
    text
}

pub async fn sign_in(door: &Door, printer: &Printer, user: &str, from_stdin: bool) -> Result<bool> {
    user.parse::<UserName>()?;
    let password = secret_input::read(from_stdin, "password")?;
    let answer = door.sign_in(user.to_owned(), HandedOver(password)).await?;
    printer.show(&answer, || {
        let who = answer.dn.as_ref().map(|dn| format!(" ({dn})")).unwrap_or_default();
        format!("{}{who}", answer.outcome.as_str())
    });
    Ok(answer.outcome == SignInOutcome::Ok)
}

//! `imports`, `imports show`.

use crate::commands::people;
use crate::output::{Printer, documents, printable, table};
use crate::told_arguments::ImportsShow;
use connector_api::{Door, ImportRun, ImportedPerson, ImportsQuery, RunPeople, RunPeopleQuery};
use connector_model::{ApprovalKind, Change, Result};
use connector_texts::{Texts, local_time};
use serde_json::json;
use std::collections::BTreeSet;

/// People who are asked for at once.
const PAGE: u32 = 500;

pub async fn list(door: &Door, printer: &Printer, limit: u32) -> Result<bool> {
    let runs = door.imports(ImportsQuery { limit, ..ImportsQuery::default() }).await?;
    printer.show(&runs, || text(printer.texts(), &runs));
    Ok(true)
}

fn text(texts: &Texts, runs: &[ImportRun]) -> String {
    let rows = runs.iter().map(|run| {
        let record = &run.record;
        [
            run.id.to_string(),
            local_time(record.finished_ms),
            record.mapping.clone(),
            record.read.to_string(),
            people::counts(texts, &record.counts),
            record.acknowledged.to_string(),
            record.refused.to_string(),
            people::ending(texts, record),
        ]
    });
    let names = ["run", "time", "mapping", "read", "plan", "acknowledged", "refused", "result"];
    table(texts, names, rows)
}

/// Page by page, so that a million people need no memory.
pub async fn show(door: &Door, printer: &Printer, asked: ImportsShow) -> Result<bool> {
    let run = door.import_run(asked.run).await?;
    let query = RunPeopleQuery {
        change: asked.change.as_deref().and_then(Change::from_text),
        reason_kind: asked.reason,
        refused: asked.refused,
        search: asked.search,
        offset: 0,
        limit: PAGE,
    };
    let mut page = door.import_people(run.id, query.clone()).await?;
    begin(printer, &run, &page);
    let mut shown = 0;
    while !page.people.is_empty() {
        for person in &page.people {
            printer.raw(&line(printer, person, shown == 0));
            shown += 1;
        }
        if shown >= page.total {
            break;
        }
        let next = RunPeopleQuery { offset: shown, ..query.clone() };
        page = door.import_people(run.id, next).await?;
    }
    if printer.is_json() {
        printer.raw("\n]}\n");
    }
    Ok(true)
}

/// Page by page as well; a list is shown whole or not at all.
pub async fn waiting(door: &Door, printer: &Printer, mapping: String, kind: &str) -> Result<bool> {
    let kind = if kind == "relink" { ApprovalKind::Relink } else { ApprovalKind::Deactivate };
    let ask = |offset| {
        let query = RunPeopleQuery { offset, limit: PAGE, ..RunPeopleQuery::default() };
        door.awaiting_people(mapping.clone(), kind, query)
    };
    let mut page = ask(0).await?;
    if printer.is_json() {
        let head = json!({ "list": page.list }).to_string();
        printer.raw(&format!("{},\"people\":[", head.strip_suffix('}').unwrap_or(&head)));
    }
    let mut shown = 0;
    while !page.people.is_empty() {
        for person in &page.people {
            printer.raw(&line(printer, person, shown == 0));
            shown += 1;
        }
        page = ask(shown).await?;
    }
    if printer.is_json() {
        printer.raw("\n]}\n");
    } else {
        printer.raw(&format!("{}\n", people::approval(printer.texts(), &page.list)));
    }
    Ok(true)
}

/// All of an import but its people.
fn begin(printer: &Printer, run: &ImportRun, page: &RunPeople) {
    if printer.is_json() {
        let head = json!({ "id": run.id, "record": run.record, "people_kept": run.people_kept,
            "groups": page.groups, "total": page.total });
        let head = head.to_string();
        let open = head.strip_suffix('}').unwrap_or(&head);
        printer.raw(&format!("{open},\"people\":["));
        return;
    }
    let (texts, record) = (printer.texts(), &run.record);
    let values = json!({ "run": run.id.to_string(), "mapping": record.mapping, "at_ms": record.finished_ms,
        "how": people::ending(texts, record) });
    let mut lines =
        vec![texts.say("cli-imports-run", &values), people::counts(texts, &record.counts)];
    if let Some(by) = record.started_by {
        let how = texts.text(&format!("started-{}", by.as_str()));
        lines.push(texts.say("imp-started", &json!({ "how": how })));
    }
    if !run.people_kept {
        lines.push(texts.text("cli-imports-gone"));
    }
    printer.raw(&format!("{}\n", lines.join("\n")));
}

fn line(printer: &Printer, person: &ImportedPerson, first: bool) -> String {
    if printer.is_json() {
        let lead = if first { "\n" } else { ",\n" };
        return format!("{lead}{}", documents::imported(person));
    }
    let texts = printer.texts();
    let mut lines = people::lines(texts, [&person.planned]);
    if let Some(error) = &person.postponed {
        let said = texts.say("cli-imports-postponed", &json!({ "error": error }));
        lines += &format!("           {}\n", printable(&said));
    }
    // Of somebody new everything is new.
    for field in person.before.iter().flat_map(|_| fields(person)) {
        let of = |values: &Option<std::collections::BTreeMap<String, String>>| {
            values.as_ref().and_then(|values| values.get(field)).cloned().unwrap_or_default()
        };
        let name = texts.known(&format!("field-{field}")).unwrap_or_else(|| field.to_owned());
        let change = format!("{name}: {} → {}", of(&person.before), of(&person.after));
        lines += &format!("           {}\n", printable(&change));
    }
    lines
}

/// The fields that differ.
fn fields(person: &ImportedPerson) -> BTreeSet<&str> {
    let both = [&person.before, &person.after];
    both.into_iter().flatten().flat_map(|values| values.keys().map(String::as_str)).collect()
}

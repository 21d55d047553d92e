//! `preview`, `sync`, `sign-in`.

use crate::output::{Printer, Progress, documents, printable, table, to_do};
use crate::secret_input::{self, Asked};
use connector_api::{Door, ImportRecord, Preview, PreviewReport};
use connector_model::settings::same_name;
use connector_model::{
    ApprovalList, Change, Code, Counts, Dn, Error, Finding, Mapping, PlannedPerson, Result,
    SentSecret, SignInOutcome, UserName,
};
use connector_texts::Texts;
use serde_json::json;
use std::time::Duration;
use tokio::sync::mpsc;

pub async fn preview(
    door: &Door,
    printer: &Printer,
    name: Option<&str>,
    full: bool,
    proposed: bool,
) -> Result<bool> {
    let mappings = match name {
        Some(name) if proposed => {
            let mut waiting = door.proposals().await?;
            waiting.retain(|one| same_name(&one.mapping.name, name));
            waiting.into_iter().map(|one| one.mapping).collect()
        }
        Some(name) => vec![door.mapping(name.to_owned()).await?],
        None => door.mappings().await?,
    };
    if mappings.is_empty() {
        return Err(no_mapping());
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

fn no_mapping() -> Error {
    Error::new(Code::NotFound, "There is no mapping yet.")
        .with_action("Store one with mapping apply FILE.")
}

/// Streams the people, so that a million of them need no memory; nothing is printed before the plan is made.
async fn document(door: &Door, printer: &Printer, mapping: &Mapping) -> Result<()> {
    let (reports, mut reported) = mpsc::channel(4);
    let work = door.preview(mapping.clone(), true, reports);
    let print = async {
        let mut first = true;
        while let Some(report) = reported.recv().await {
            let PreviewReport::People(page) = report else { continue };
            for person in &page {
                let lead = if first {
                    format!("{{\"mapping\":{},\"people\":[\n", json!(mapping.name))
                } else {
                    ",\n".to_owned()
                };
                first = false;
                printer.raw(&format!("{lead}{}", documents::person(person)));
            }
        }
        first
    };
    let (preview, nobody) = tokio::join!(work, print);
    let preview = preview?;
    if nobody {
        printer.raw(&format!("{{\"mapping\":{},\"people\":[", json!(mapping.name)));
    }
    let mut rest = documents::preview(&preview);
    if let Some(rest) = rest.as_object_mut() {
        rest.remove("mapping");
    }
    let rest = rest.to_string();
    printer.raw(&format!("\n],{}", &rest[1..]));
    Ok(())
}

async fn summary(door: &Door, printer: &Printer, mapping: &Mapping, full: bool) -> Result<()> {
    let progress = Progress::new(printer.texts());
    let (reports, mut reported) = mpsc::channel(4);
    let work = door.preview(mapping.clone(), full, reports);
    let list = async {
        let mut shown = 0u64;
        while let Some(report) = reported.recv().await {
            let PreviewReport::People(page) = report else { continue };
            shown += page.len() as u64;
            progress.planned(shown);
            printer.raw(&lines(printer.texts(), &page));
        }
        drop(progress);
    };
    let preview = tokio::join!(work, list).0?;
    printer.show(&preview, || sentence(printer.texts(), &preview));
    Ok(())
}

pub fn lines<'a>(texts: &Texts, page: impl IntoIterator<Item = &'a PlannedPerson>) -> String {
    page.into_iter()
        .map(|p| {
            let (name, reason) = (printable(&named(p)), printable(&texts.reason(p)));
            let change = texts.text(&format!("change-{}", p.change.as_str()));
            format!("{change:<10} {name:<40} {reason}\n")
        })
        .collect()
}

/// A person in a list: people of one name are told apart by the e-mail address, those without one by the DN.
fn named(person: &PlannedPerson) -> String {
    match (&person.user_name, &person.email) {
        (Some(name), Some(email)) if !name.eq_ignore_ascii_case(email) => {
            format!("{name} <{email}>")
        }
        (Some(name), Some(_)) => name.clone(),
        (None, Some(email)) => email.clone(),
        (Some(name), None) => format!("{name} ({})", person.dn),
        (None, None) => person.dn.to_string(),
    }
}

/// Examples of something odd that are shown.
const EXAMPLES: usize = 2;

fn sentence(texts: &Texts, preview: &Preview) -> String {
    let counts = counts(texts, &preview.counts);
    let values = json!({ "mapping": preview.mapping, "counts": counts,
        "error": preview.error });
    let mut lines = vec![texts.say("cli-preview", &values)];
    if preview.error.is_some() {
        lines.push(texts.say("cli-preview-incomplete", &values));
        lines.extend(preview.error.as_ref().map(|error| to_do(texts, error)));
    }
    lines.extend(notes(texts, &preview.findings));
    lines.extend(preview.awaiting_approval.iter().map(|list| approval(texts, list)));
    lines.join("\n")
}

/// What is odd or cannot be decided, each with a few examples.
pub fn notes(texts: &Texts, findings: &[Finding]) -> Vec<String> {
    let mut lines = vec![];
    for finding in findings {
        let said = json!({ "finding": texts.finding(finding) });
        lines.push(texts.say("cli-preview-note", &said));
        lines.extend(
            finding.examples.iter().take(EXAMPLES).map(|one| format!("      {}", printable(one))),
        );
    }
    lines
}

pub fn counts(texts: &Texts, counts: &Counts) -> String {
    let parts: Vec<String> = Change::ALL
        .iter()
        .map(|c| (c, counts.get(*c)))
        .filter(|(_, n)| *n > 0)
        .map(|(c, n)| texts.say(&format!("cli-count-{}", c.as_str()), &json!({ "n": n })))
        .collect();
    if parts.is_empty() { texts.text("cli-count-nobody") } else { parts.join(", ") }
}

pub async fn sync(
    door: &Door,
    printer: &Printer,
    name: Option<String>,
    approve: Vec<String>,
    accept_directory: bool,
) -> Result<bool> {
    if name.is_none() && door.mappings().await?.is_empty() {
        return Err(no_mapping());
    }
    if !printer.is_json() {
        show_unseen(door, printer, name.as_deref()).await?;
    }
    let progress = Progress::new(printer.texts());
    let (reports, mut reported) = mpsc::channel(4);
    let work = door.import(name, approve.clone(), accept_directory, reports);
    let follow = async {
        while let Some(now) = reported.recv().await {
            progress.report(&now);
        }
    };
    let records = tokio::join!(work, follow).0?;
    drop(progress);
    if let Some(hash) = unknown_list(&records, &approve) {
        return Err(nothing_to_approve(door, printer, hash, &records).await?);
    }
    printer.show(&records, || imports(printer.texts(), &records));
    Ok(records.iter().all(|r| r.error.is_none() && r.refused == 0))
}

/// An approved list that none of the imports had.
fn unknown_list<'a>(records: &[ImportRecord], approve: &'a [String]) -> Option<&'a String> {
    let ended = records.iter().all(|record| record.error.is_none());
    let is_known = |hash: &String| {
        records.iter().flat_map(|record| &record.approved).any(|list| list.hash == *hash)
    };
    approve.iter().find(|hash| ended && !is_known(hash))
}

/// The import ran, and nothing waited under that hash: whoever approved it is told, with the lists that do wait.
async fn nothing_to_approve(
    door: &Door,
    printer: &Printer,
    hash: &str,
    records: &[ImportRecord],
) -> Result<Error> {
    let (texts, waiting) = (printer.texts(), door.status().await?.awaiting_approval);
    if !printer.is_json() {
        printer.show(&records, || imports(texts, records));
    }
    Ok(nothing_waits(hash, &waiting))
}

fn nothing_waits(hash: &str, waiting: &[ApprovalList]) -> Error {
    let text = format!("The import ran, but no list with the hash {hash} waits for approval.");
    let lists: Vec<String> =
        waiting.iter().map(|list| format!("{} of \"{}\"", list.hash, list.mapping)).collect();
    let action = match &lists[..] {
        [] => "No list waits: nothing is left to approve.".to_owned(),
        lists => format!("Lists that wait: {}. Approve one of them.", lists.join(", ")),
    };
    Error::new(Code::ApprovalStale, text).with_action(action)
}

/// A mapping that was never imported, or changed since, shows first what it does.
async fn show_unseen(door: &Door, printer: &Printer, name: Option<&str>) -> Result<()> {
    let status = door.status().await?;
    for mapping in door.mappings().await? {
        let meant = name.is_none_or(|name| same_name(name, &mapping.name));
        let id = if status.never_imported.contains(&mapping.name) {
            "cli-import-first"
        } else if status.changed.contains(&mapping.name) {
            "cli-import-changed"
        } else {
            continue;
        };
        if meant {
            let values = json!({ "mapping": mapping.name });
            printer.raw(&format!("{}\n", printer.texts().say(id, &values)));
            summary(door, printer, &mapping, false).await?;
        }
    }
    Ok(())
}

fn imports(texts: &Texts, records: &[ImportRecord]) -> String {
    let rows = records.iter().map(|r| {
        let took = u64::try_from(r.finished_ms - r.started_ms).unwrap_or_default();
        let seconds = json!({ "n": Duration::from_millis(took).as_secs_f64() });
        let end = ending(texts, r);
        [
            r.mapping.clone(),
            r.read.to_string(),
            counts(texts, &r.counts),
            r.acknowledged.to_string(),
            r.refused.to_string(),
            texts.say("cli-seconds", &seconds),
            end,
        ]
    });
    let names = ["mapping", "read", "plan", "acknowledged", "refused", "took", "result"];
    let mut lines = vec![table(texts, names, rows)];
    for record in records {
        let advice = |error| json!({ "mapping": record.mapping, "action": texts.action(error) });
        let advised = record.error.as_ref().map(advice);
        lines.extend(advised.map(|values| texts.say("cli-import-to-do", &values)));
    }
    for (record, refusal) in records.iter().flat_map(|r| r.refusals.iter().map(move |f| (r, f))) {
        let why = texts.refusal(refusal.code, &refusal.reason);
        let values = json!({ "mapping": record.mapping, "people": refusal.people, "reason": why });
        lines.push(texts.say("cli-import-refused", &values));
    }
    lines.extend(records.iter().flat_map(|record| notes(texts, &record.findings)));
    let lists = records.iter().flat_map(|record| &record.awaiting_approval);
    lines.extend(lists.map(|list| approval(texts, list)));
    lines.join("\n")
}

/// How an import ended, in a word or in the error's.
pub fn ending(texts: &Texts, record: &ImportRecord) -> String {
    match &record.error {
        Some(_) if record.resumes_ms.is_some() => {
            texts.say("cli-import-resumes", &json!({ "until_ms": record.resumes_ms }))
        }
        Some(error) => texts.message(error),
        None if !record.awaiting_approval.is_empty() => texts.text("cli-import-waits"),
        None if record.refused > 0 => {
            texts.say("cli-import-some-refused", &json!({ "n": record.refused }))
        }
        None => texts.text("cli-import-complete"),
    }
}

/// Who waits for which approval, and how it is given.
pub fn approval(texts: &Texts, list: &ApprovalList) -> String {
    texts.say(&format!("cli-approve-{}", list.kind.as_str()), &json!(list))
}

pub async fn sign_in(door: &Door, printer: &Printer, user: &str, from_stdin: bool) -> Result<bool> {
    user.parse::<UserName>()?;
    let password = secret_input::read(from_stdin, Asked::Password)?;
    let answer = door.sign_in(user.to_owned(), SentSecret(password)).await?;
    printer.show(&answer, || {
        let said = printer.texts().text(&format!("outcome-{}", answer.outcome.as_str()));
        format!("{said}{}", answer.dn.as_ref().map(in_brackets).unwrap_or_default())
    });
    Ok(answer.outcome == SignInOutcome::Ok)
}

fn in_brackets(dn: &Dn) -> String {
    format!(" ({})", printable(dn.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use connector_model::FindingKind;
    use connector_texts::Language;

    /// A line of a directory is one line for people, and commands nothing.
    #[test]
    fn a_directory_forges_no_line_and_commands_no_terminal() {
        let dn = Dn::from_server("CN=a\u{1b}[31m\u{202e}\nNote: all is well,DC=x".to_owned());
        let clean = "CN=a\u{fffd}[31m\u{fffd}\u{fffd}Note: all is well,DC=x";
        let finding = Finding::new(FindingKind::OddCharacters, 1, vec![dn.to_string()]);
        let texts = Texts::of(Language::English);
        let noted = notes(texts, &[finding]);
        assert_eq!(noted[1], format!("      {clean}"));
        assert_eq!(in_brackets(&dn), format!(" ({clean})"));
        let shown = table(texts, ["about"], [[dn.to_string()]]);
        assert!(shown.ends_with(clean), "{shown}");
    }
}

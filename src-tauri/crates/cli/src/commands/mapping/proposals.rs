//! Mappings of the cloud that wait: shown, approved, rejected.

use crate::output::{Printer, printable};
use connector_api::{CheckedMapping, Door, Proposal};
use connector_model::Result;
use connector_texts::Texts;
use serde_json::json;

pub async fn show(door: &Door, printer: &Printer) -> Result<()> {
    let waiting = door.proposals().await?;
    printer.show(&waiting, || text(printer.texts(), &waiting));
    Ok(())
}

pub async fn approve(door: &Door, name: String, hash: String) -> Result<CheckedMapping> {
    door.approve_proposal(name, hash).await
}

pub async fn reject(door: &Door, printer: &Printer, name: String) -> Result<()> {
    door.reject_proposal(name.clone()).await?;
    printer.show(&json!({ "rejected": name }), || {
        printer.texts().say("cli-mapping-rejected", &json!({ "name": name }))
    });
    Ok(())
}

/// Each with all that it says, so that nobody approves what they have not seen.
fn text(texts: &Texts, waiting: &[Proposal]) -> String {
    if waiting.is_empty() {
        return texts.text("cli-mapping-no-proposals");
    }
    let one = |proposal: &Proposal| {
        let text = toml::to_string_pretty(&proposal.mapping).unwrap_or_default();
        let lines = text.lines().map(|line| format!("  {}\n", printable(line)));
        let id = if proposal.previewed { "seen" } else { "unseen" };
        let values = json!({ "name": proposal.mapping.name, "hash": proposal.hash });
        let head = texts.say(&format!("cli-mapping-proposal-{id}"), &values);
        format!("{head}\n{}", lines.collect::<String>())
    };
    waiting.iter().map(one).collect::<Vec<_>>().join("\n")
}

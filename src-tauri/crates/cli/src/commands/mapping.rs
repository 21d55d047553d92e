//! `mapping …`

use crate::arguments::Mapping as Command;
use crate::output::{Printer, table};
use connector_api::{Door, text_file};
use connector_model::{Mapping, Result};
use connector_texts::Texts;
use serde_json::json;

pub async fn run(door: &Door, printer: &Printer, command: Command) -> Result<bool> {
    match command {
        Command::Apply { file } => {
            let mapping = door.apply_mapping(text_file(&file, "file")?).await?;
            printer.show(&mapping, || {
                printer.texts().say("cli-mapping-stored", &json!({ "name": mapping.name }))
            });
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
        Command::Remove { name } => {
            door.remove_mapping(name.clone()).await?;
            printer.show(&json!({ "removed": name }), || {
                printer.texts().say("cli-mapping-removed", &json!({ "name": name }))
            });
        }
        Command::Move { name, to } => {
            let mappings = door.move_mapping(name, to).await?;
            printer.show(&mappings, || list(printer.texts(), &mappings));
        }
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

fn list(texts: &Texts, mappings: &[Mapping]) -> String {
    let rows = mappings.iter().enumerate().map(|(place, m)| {
        let count = |id: &str, n: usize| texts.say(id, &json!({ "n": n }));
        let scope = match (m.units.len(), m.groups.len()) {
            (0, 0) => texts.text("cli-mapping-everybody"),
            (units, 0) => count("cli-mapping-units", units),
            (0, groups) => count("cli-mapping-groups", groups),
            (units, groups) => {
                [count("cli-mapping-units", units), count("cli-mapping-groups", groups)].join(", ")
            }
        };
        [(place + 1).to_string(), m.name.clone(), m.account.clone(), m.base_dn.to_string(), scope]
    });
    table(texts, ["place", "name", "account", "base_dn", "scope"], rows)
}

//! `mapping …`

use super::read_file;
use crate::arguments::Mapping as Command;
use crate::output::{Printer, table};
use connector_api::Door;
use connector_model::{Mapping, Result};
use serde_json::json;

pub async fn run(door: &Door, printer: &Printer, command: Command) -> Result<bool> {
    match command {
        Command::Apply { file } => {
            let mapping = door.apply_mapping(read_file(&file, "file")?).await?;
            printer.show(&mapping, || {
                format!("Mapping \"{}\" is stored. See what it would do: insync-connector preview \"{}\"", mapping.name, mapping.name)
            });
        }
        Command::List => {
            let mappings = door.mappings().await?;
            printer.show(&mappings, || list(&mappings));
        }
        Command::Show { name } => {
            let mapping = door.mapping(name).await?;
            printer.show(&mapping, || toml::to_string_pretty(&mapping).unwrap_or_default());
        }
        Command::Count { file } => {
            let mapping = door.check_mapping(read_file(&file, "file")?).await?;
            let count = door.count_people(mapping).await?;
            printer.show(&count, || {
                let least = if count.complete { "" } else { "at least " };
                format!("{least}{} people", count.count)
            });
        }
        Command::Remove { name } => {
            door.remove_mapping(name.clone()).await?;
            printer.show(&json!({ "removed": name }), || {
                format!("Mapping \"{name}\" is removed; its people stay in the cloud as they are.")
            });
        }
        Command::Move { name, to } => {
            let mappings = door.move_mapping(name, to).await?;
            printer.show(&mappings, || list(&mappings));
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

fn list(mappings: &[Mapping]) -> String {
    let rows = mappings.iter().enumerate().map(|(place, m)| {
        let scope = match (m.units.len(), m.groups.len()) {
            (0, 0) => "everybody below the base".to_owned(),
            (units, 0) => format!("{units} OUs"),
            (0, groups) => format!("{groups} groups"),
            (units, groups) => format!("{units} OUs, {groups} groups"),
        };
        [(place + 1).to_string(), m.name.clone(), m.account.clone(), m.base_dn.to_string(), scope]
    });
    table(["#", "name", "account", "base dn", "scope"], rows)
}

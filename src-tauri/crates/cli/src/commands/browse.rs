//! `browse …`

use crate::arguments::{Browse as Command, BrowseArguments};
use crate::output::{Printer, table};
use connector_api::Door;
use connector_model::{BrowseQuery, Node, PeopleSearch, Result};
use connector_texts::Texts;

pub async fn run(door: &Door, printer: &Printer, command: Command) -> Result<bool> {
    let nodes = match command {
        Command::Bases(arguments) => door.browse_bases(arguments.account).await?,
        Command::Units(arguments) => {
            door.browse_units(arguments.account.clone(), query(&arguments)?).await?
        }
        Command::Groups(arguments) => {
            door.browse_groups(arguments.account.clone(), query(&arguments)?).await?
        }
        Command::People(arguments) => return people(door, printer, arguments).await,
    };
    printer.show(&nodes, || list(printer.texts(), &nodes));
    Ok(true)
}

async fn people(door: &Door, printer: &Printer, arguments: BrowseArguments) -> Result<bool> {
    let BrowseQuery { under, search, limit } = query(&arguments)?;
    let query = PeopleSearch { under, search, chosen: None, limit };
    let people = door.browse_people(arguments.account, query).await?;
    printer.show(&people, || {
        let rows = people.iter().map(|one| {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            [one.name.clone(), text(&one.user_name), text(&one.email), one.dn.to_string()]
        });
        table(printer.texts(), ["name", "user_name", "email", "dn"], rows)
    });
    Ok(true)
}

fn query(arguments: &BrowseArguments) -> Result<BrowseQuery> {
    let under = arguments.under.as_deref().map(str::parse).transpose();
    Ok(BrowseQuery {
        under: under.map_err(|e: connector_model::Error| e.at("under"))?,
        search: arguments.search.clone(),
        limit: arguments.limit,
    })
}

fn list(texts: &Texts, nodes: &[Node]) -> String {
    let rows = nodes.iter().map(|node| {
        let members = node.members.map_or(String::new(), |n| n.to_string());
        let more = if node.has_children { "+" } else { "" };
        [node.name.clone(), more.to_owned(), members, node.dn.to_string()]
    });
    table(texts, ["name", "more", "members", "dn"], rows)
}

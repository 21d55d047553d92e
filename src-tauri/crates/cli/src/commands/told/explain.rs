//! `explain`: a typed name, and everything that is known of it.

use crate::commands::people;
use crate::output::{Printer, documents, printable};
use connector_api::Door;
use connector_api::told::{ExplainedPerson, Explanation};
use connector_model::{Result, UserName};
use connector_texts::Texts;
use serde_json::json;

pub async fn run(door: &Door, printer: &Printer, user: &str) -> Result<bool> {
    user.parse::<UserName>()?;
    let told = door.explain(user.to_owned()).await?;
    printer.show(&documents::explanation(&told), || text(printer.texts(), &told));
    Ok(!told.people.is_empty())
}

fn text(texts: &Texts, told: &Explanation) -> String {
    let mut lines = vec![];
    let user = json!({ "user": told.user });
    match &told.people[..] {
        [] if told.not_asked.is_empty() => lines.push(texts.say("explain-unknown", &user)),
        [_] | [] => {}
        several => {
            let values = json!({ "user": told.user, "n": several.len() });
            lines.push(texts.say("explain-several", &values));
        }
    }
    lines.extend(told.people.iter().flat_map(|one| person(texts, one)));
    for account in &told.not_in {
        lines.push(texts.say("explain-not-in", &json!({ "account": account })));
    }
    for not_asked in &told.not_asked {
        lines.push(texts.say("explain-not-asked", &json!(not_asked)));
    }
    printable_lines(&lines)
}

fn person(texts: &Texts, one: &ExplainedPerson) -> Vec<String> {
    let name = one.name.clone().unwrap_or_else(|| one.dn.leaf_value());
    let mapping =
        one.mapping.clone().or_else(|| one.cloud.as_ref().map(|cloud| cloud.mapping.clone()));
    let values = json!({ "name": name, "mapping": mapping.unwrap_or_default(), "account": one.account,
        "reason": one.reason.as_ref().map(|reason| texts.why(reason)).unwrap_or_default() });
    let mut lines = vec![texts.say(&format!("explain-{}", one.standing.as_str()), &values)];
    if let Some(list) = &one.waits {
        let id = format!("cli-approve-{}", list.kind.as_str());
        lines.push(format!("  {}", texts.say(&id, &json!(list))));
    }
    if let Some(error) = &one.refused {
        lines.push(format!("  {}", texts.say("refused-before", &json!({ "error": error }))));
    }
    lines.push(format!("  {}", one.dn));
    if !one.in_directory {
        lines.push(format!("  {}", texts.say("explain-gone", &values)));
    }
    for covered in &one.mappings {
        let values = json!({ "mapping": covered.mapping,
            "reason": covered.reason.as_ref().map(|reason| texts.why(reason)) });
        let id = if covered.covered { "explain-covered" } else { "explain-outside" };
        lines.push(format!("  {}", texts.say(id, &values)));
    }
    if let Some(cloud) = &one.cloud {
        let id = if cloud.active { "explain-cloud-active" } else { "explain-cloud-inactive" };
        let user_name = cloud.values.get("user_name").cloned().unwrap_or_default();
        let values = json!({ "user_name": user_name, "at_ms": cloud.at_ms });
        lines.push(format!("  {}", texts.say(id, &values)));
    }
    for import in &one.imports {
        let did = people::lines(texts, [&import.person.planned]);
        let values = json!({ "at_ms": import.at_ms, "mapping": import.mapping,
            "run": import.run.to_string(), "did": did.trim_end() });
        lines.push(format!("  {}", texts.say("cli-explain-import", &values)));
    }
    for sign_in in &one.sign_ins {
        let outcome = texts.known(&format!("outcome-{}", sign_in.outcome));
        let outcome = outcome.unwrap_or_else(|| sign_in.outcome.clone());
        let values = json!({ "at_ms": sign_in.at_ms, "outcome": outcome });
        lines.push(format!("  {}", texts.say("explain-sign-in", &values)));
    }
    let id = if one.budget.held_until_ms.is_some() { "explain-held" } else { "explain-budget" };
    lines.push(format!("  {}", texts.say(id, &json!(one.budget))));
    lines
}

fn printable_lines(lines: &[String]) -> String {
    lines.iter().map(|line| printable(line)).collect::<Vec<_>>().join("\n")
}

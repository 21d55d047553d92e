//! Tables that fit the terminal.

use comfy_table::{ContentArrangement, Table, presets};
use connector_model::commands_a_terminal;
use connector_texts::Texts;

/// A terminal that says it is narrower, such as one of no columns, gets lines that it breaks itself.
const LEAST: u16 = 60;

/// A plain table: a line of names, each the text of `col-…`, then the rows.
pub fn table<const N: usize>(
    texts: &Texts,
    names: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    if table.width().is_some_and(|width| width < LEAST) {
        table.set_width(LEAST);
    }
    table.set_header(names.map(|name| texts.text(&format!("col-{name}")).to_uppercase()));
    let mut empty = true;
    for row in rows {
        // Control characters of a directory must not reach a terminal.
        table.add_row(row.map(|cell| printable(&cell)));
        empty = false;
    }
    if empty { texts.text("cli-nothing-found") } else { table.trim_fmt() }
}

/// A line without what would command a terminal.
pub fn printable(text: &str) -> String {
    text.replace(commands_a_terminal, "\u{fffd}")
}

/// The same for a text: its lines and tabs stay.
pub fn printable_text(text: &str) -> String {
    text.split_inclusive(['\n', '\t'])
        .map(|part| match part.strip_suffix(['\n', '\t']) {
            Some(start) => printable(start) + &part[start.len()..],
            None => printable(part),
        })
        .collect()
}

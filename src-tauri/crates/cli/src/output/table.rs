//! Tables that fit the terminal.

use comfy_table::{ContentArrangement, Table, presets};

/// A plain table: a line of names, then the rows.
pub fn table<const N: usize>(
    names: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(names.map(str::to_uppercase));
    let mut empty = true;
    for row in rows {
        // Control characters of a directory must not reach a terminal.
        table.add_row(row.map(|cell| {
            cell.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect::<String>()
        }));
        empty = false;
    }
    if empty { "Nothing found.".to_owned() } else { table.trim_fmt() }
}

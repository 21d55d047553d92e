//! The benchmark table: medians of interleaved runs, and ratios to what was measured beside them.

mod changes;
mod forward;
mod imports;
mod measure;
mod memory;
mod reads;
mod sign_ins;
mod table;

use clap::Parser;
use table::Table;

/// Measures the connector against other programs on the same servers, in one run.
#[derive(Parser)]
struct Arguments {
    /// People in the directory.
    #[arg(long, default_value_t = 100_000)]
    people: usize,
    /// Counted runs of each case; one more comes first and is not counted.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Only these parts: a (preview), b (import), c (sign-ins), d (memory), e (changes).
    #[arg(long, default_value = "abcde")]
    only: String,
    /// Preview a million people as well.
    #[arg(long)]
    million: bool,
}

fn main() {
    let arguments = Arguments::parse();
    let mut table = Table::new();
    let (people, runs) = (arguments.people, arguments.runs.max(1));
    let wanted = |part| arguments.only.contains(part);
    if wanted('a') || wanted('b') {
        let directory = reads::Directory::start(people);
        let search = reads::preview(&directory, runs, &mut table);
        if wanted('b') {
            imports::first_import(&directory, runs, search, &mut table);
        }
    }
    if arguments.million {
        reads::preview(&reads::Directory::start(1_000_000), runs, &mut table);
    }
    if wanted('c') {
        sign_ins::compare(runs, &mut table);
    }
    if wanted('d') {
        memory::idle(&mut table);
    }
    if wanted('e') {
        changes::compare(people, runs, &mut table);
    }
    println!("{table}");
}

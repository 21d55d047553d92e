//! Arguments of what is told afterwards.

use crate::completed::mappings;
use clap::{Args, Subcommand};
use clap_complete::engine::ArgValueCandidates;

#[derive(Subcommand)]
pub enum Imports {
    /// Show the people of an import, each with the change, the reason, and the values before and after
    Show(ImportsShow),
    /// Show exactly the people of a list that waits for an approval
    Waiting {
        /// Name of the mapping
        #[arg(add = ArgValueCandidates::new(mappings))]
        mapping: String,
        /// What would happen to them
        #[arg(long, default_value = "deactivate", value_parser = ["deactivate", "relink"])]
        kind: String,
    },
}

#[derive(Args)]
pub struct ImportsShow {
    /// Number of the import, as `imports` lists it
    pub run: i64,
    /// Only create, update, preserve, reactivate, adopt, skip or hold
    #[arg(long, value_parser = ["create", "update", "preserve", "reactivate", "adopt", "skip", "hold"])]
    pub change: Option<String>,
    /// Only people with a reason of this kind, as --json names it
    #[arg(long, value_name = "KIND")]
    pub reason: Option<String>,
    /// Only people whom the cloud refused
    #[arg(long)]
    pub refused: bool,
    /// Only people with this text in name, e-mail, DN or reason
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
}

#[cfg(test)]
mod tests {
    use crate::arguments::Arguments;
    use clap::Parser;
    use clap::error::ErrorKind;
    use connector_api::JournalEntry;

    #[test]
    fn the_journal_has_exactly_its_kinds_and_the_help_lists_them() {
        let asked = |kind: &str| {
            Arguments::try_parse_from(["insync-connector", "journal", "--kind", kind]).map(drop)
        };
        for kind in JournalEntry::KINDS {
            asked(kind).unwrap();
        }
        assert_eq!(asked("nonsense").unwrap_err().kind(), ErrorKind::InvalidValue);
        let help =
            Arguments::try_parse_from(["insync-connector", "journal", "--help"]).err().unwrap();
        let help = help.to_string();
        assert!(JournalEntry::KINDS.iter().all(|kind| help.contains(kind)), "{help}");
    }
}

//! The nouns of the connector and the rules that need no I/O.
//!
//! Everything else depends on this crate; this crate depends on nothing of ours.

pub mod check;
mod command_word;
mod directory;
pub mod document;
pub mod error;
mod headline;
mod import;
mod io_reason;
mod people;
pub mod secret;
pub mod settings;
mod settings_change;
mod terminal;
pub mod text;
pub mod update;

pub use check::{Check, CheckFinding, CheckStatus};
pub use command_word::command_word;
pub use directory::account::{Account, AttributeNames, BindName, HostPort, Security, ServerKind};
pub use directory::attribute_type;
pub use directory::dn::Dn;
pub use directory::filter;
pub use directory::filter::Filter;
pub use directory::judgement::{Criterion, Judgement, Occupant};
pub use directory::node::{BrowseQuery, FoundPerson, Node, PeopleSearch};
pub use directory::reference::Reference;
pub use directory::watermark::{ChangeMethod, Changes, History, Watermark};
pub use error::{Code, Error, Result};
pub use headline::Headline;
pub use import::approval::{ApprovalKind, ApprovalList, NeededApproval};
pub use import::assignment::Assignment;
pub use import::delivery::{CloudPerson, CloudUser, DeliveryItem, DeliveryResult};
pub use import::finding;
pub use import::finding::{Finding, FindingKind};
pub use import::mapping;
pub use import::mapping::{Condition, Mapping, NameFrom, ScopeRef};
pub use import::plan::{Change, Counts, PlannedPerson};
pub use import::reason::Reason;
pub use io_reason::io_reason;
pub use people::guess_limit::{GuessLimit, LockoutPolicy, Window};
pub use people::identity::Identity;
pub use people::outcome::{ActivationOutcome, SignInOutcome};
pub use people::person::{Enabled, Named, Namesake, Person, ReadSummary};
pub use people::user_name::UserName;
pub use people::verdict::{BindVerdict, PasswordNotice};
pub use secret::{Secret, SentSecret, send_optional_secret, send_secret};
pub use settings::Settings;
pub use settings_change::SettingsChange;
pub use terminal::commands_a_terminal;
pub use update::{Update, UpdateInstall, UpdateSettings, UpdateState};

//! The nouns of the connector and the rules that need no I/O.
//!
//! Everything else depends on this crate; this crate depends on nothing of ours.

pub mod account;
pub mod assignment;
pub mod check;
pub mod delivery;
pub mod dn;
pub mod error;
pub mod filter;
pub mod filter_text;
pub mod finding;
pub mod identity;
pub mod mapping;
pub mod node;
pub mod outcome;
pub mod person;
pub mod plan;
pub mod secret;
pub mod settings;
pub mod update;
pub mod user_name;
pub mod watermark;

pub use account::{Account, AttributeNames, BindName, HostPort, Security, ServerKind};
pub use assignment::Assignment;
pub use check::{Check, CheckStatus};
pub use delivery::{CloudPerson, CloudUser, DeliveryItem, DeliveryResult};
pub use dn::Dn;
pub use error::{Code, Error, Result};
pub use filter::Filter;
pub use finding::{Finding, FindingKind};
pub use identity::Identity;
pub use mapping::{Condition, Mapping, NameFrom, ScopeRef};
pub use node::{BrowseQuery, Node};
pub use outcome::{ActivationOutcome, SignInOutcome};
pub use person::{Person, ReadSummary};
pub use plan::{Change, Counts, PlannedPerson};
pub use secret::{HandedOver, Secret, hand_over, hand_over_some};
pub use settings::Settings;
pub use update::{Update, UpdateInstall, UpdateSettings, UpdateState};
pub use user_name::UserName;
pub use watermark::{ChangeMethod, Changes, History, Watermark};

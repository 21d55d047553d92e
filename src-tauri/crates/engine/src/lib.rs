//! The engine: reads a directory and answers a cloud. It knows neither LDAP nor HTTP nor a keychain;
//! what it needs of them are the traits in [`ports`].

mod activation;
mod alerts;
mod assignments;
mod clock;
mod content;
mod engine;
mod follow;
mod guard;
mod import;
mod import_run;
mod journal;
mod lockout;
mod planner;
pub mod ports;
mod preview;
mod proof;
mod reasons;
pub mod records;
mod schedule;
mod sign_in;
mod status;
mod store;
mod sync;
mod tally;
mod timetable;
mod touched;

pub use activation::{FindOutcome, Found};
pub use assignments::Elsewhere;
pub use clock::SystemClock;
pub use engine::{Engine, EngineOptions, Ports};
pub use follow::Following;
pub use preview::Preview;
pub use status::{CloudState, Status};
pub use store::journal::{JournalEntry, JournalQuery};
pub use store::planned::{PlannedPeople, PlannedQuery};

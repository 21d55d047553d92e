//! The engine: reads a directory and answers a cloud. It knows neither LDAP nor HTTP nor a keychain;
//! what it needs of them are the traits in [`ports`].

mod blocking;
mod clock;
mod directories;
mod engine;
mod import;
mod people;
mod plan;
pub mod ports;
mod schedule;
mod state;
mod store;

pub use clock::SystemClock;
pub use directories::{Counted, Example};
pub use engine::{Engine, EngineOptions, Ports};
pub use people::activation::{FindAnswer, FindOutcome};
pub use plan::consent::Consent;
pub use plan::preview::Preview;
pub use state::assignment::Elsewhere;
pub use state::import_rows::{
    AwaitingPeople, ImportRun, ImportedPerson, ImportsQuery, RunGroup, RunPeople, RunPeopleQuery,
};
pub use state::records;
pub use state::records::Following;
pub use state::status::{CloudState, Status};
pub use state::told;
pub use store::journal::{JournalEntry, JournalQuery};
pub use store::planned::{PlannedPeople, PlannedQuery};

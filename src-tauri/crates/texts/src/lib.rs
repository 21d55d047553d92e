//! Texts for people. Everywhere else there are kinds and values; here they become a sentence, in English or German.
//!
//! A catalogue is the files in `en/` and `de/`, in the syntax of Project Fluent. The window reads the very same files, so
//! that a text is written once a language. Messages of a kind are named for it: `reason-disabled`, `headline-paused`.

mod catalogue;
mod journal;
mod language;
mod local_time;
mod typed;
mod values;

pub use catalogue::{Texts, ids, sources};
pub use language::Language;
pub use local_time::local_time;

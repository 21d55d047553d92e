//! Directories that the test makes: who is read, found and signed in. What hostile servers do is apart, because it runs alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod dead_connections;
mod left_out;
mod names;
mod proof;
mod sample_company;
mod values;

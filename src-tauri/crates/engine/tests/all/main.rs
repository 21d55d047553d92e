//! What the engine promises, on a directory, a cloud and a clock in the test's hand: one program, so that what the engine's
//! tests share is compiled once. What computes for minutes, the histories and the days, is apart.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod imports;
mod people;
#[path = "../support/mod.rs"]
mod support;
mod told;

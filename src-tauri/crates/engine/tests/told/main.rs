//! What is told afterwards: of imports, of people, of sign-ins.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../support/mod.rs"]
mod support;

mod damage;
mod explain;
mod rows;

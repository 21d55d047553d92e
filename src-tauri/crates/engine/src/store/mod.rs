//! Everything that is remembered, in SQLite: people as the cloud acknowledged them, the journal, and
//! the staging area of a plan. The only place that knows SQL.

pub(crate) mod attempts;
pub(crate) mod cloud;
mod database;
mod failure;
pub(crate) mod imports;
pub mod journal;
pub(crate) mod loss;
pub mod planned;
mod progress;
pub(crate) mod schema;
pub(crate) mod staging;
mod statements;
pub(crate) mod told;

pub(crate) use database::Store;
pub(crate) use failure::{failed, read_json, to_json, unreadable};
pub(crate) use statements::Again;
